/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles. Lambda hands a function its
 * credentials by environment; the files, sign-ins and other machines that the original also knows
 * would be a fifth of every bundle and are never asked there.
 */
export function defaultProvider() {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    } = process.env;
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      throw new Error('This bundle runs in Lambda only: the environment holds no credentials.');
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  };
}
