/** `__Host-`: only over https (or localhost), for the whole host, never for another one. */
export const sessionCookie = '__Host-session';
