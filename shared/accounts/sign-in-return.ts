/** Where the identity provider sends people back to, as the contract writes it and as the provider knows it. */
export const signInReturnRoute = '/sign-in/callback';
export const signInReturnPath = `/api${signInReturnRoute}`;
