/** The limits of a request's fields. */
export const titleAtMost = 160;
export const wordsAtMost = 4000;
export const schoolsAtMost = 60;
export const partnersAtMost = 5;
export const amendmentsAtMost = 20;
