/** The limits of a request's fields. */
export const titleAtMost = 160;
export const wordsAtMost = 4000;
export const schoolsAtMost = 60;
export const partnersAtMost = 5;
export const amendmentsAtMost = 20;

/** Questions of one partner about one request, and comments of a district on it: what reads all of them stays bounded. */
export const questionsAtMost = 30;
export const commentsAtMost = 300;
