/** An invented deployment; the account in the certificate's name is AWS's own example. */
export const exampleContext: Readonly<Record<string, string>> = {
  region: 'us-east-1',
  domain: 'partners.example.gov',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  senderAddress: 'no-reply@example.gov',
  alarmAddress: 'on-duty@example.gov',
  signInPrefix: 'example-partners',
  version: '1.2.3',
};
