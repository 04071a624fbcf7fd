/** Stands in for `nodemailer` in the bundles: a deployment sends by Amazon SES, and SMTP is for one machine. */
export function createTransport(): never {
  throw new Error('A deployment sends mail by Amazon SES: MAIL_URL is "ses:".');
}
