import { AwsClient } from 'aws4fetch';
import { createTransport } from 'nodemailer';
import { awsCredentials, mailConfig, readConfig } from './config.ts';

export interface Message {
  /** One recipient: a notice is never sent to several people at once. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Makes a repeated sending recognizable at the receiving end. */
  readonly messageId: string;
}

export interface Mail {
  send(message: Message): Promise<void>;
}

/** What SES answered when it did not take a message, by its own name for it and its HTTP status. */
class SesFault extends Error {
  readonly status: number;

  constructor(name: string, status: number, said: string) {
    super(`SES answered ${status}: ${said}`);
    this.name = name;
    this.status = status;
  }
}

/** Amazon SES, by its HTTP interface. */
function sesMail(from: string): Mail {
  const { region, ...keys } = awsCredentials();
  const client = new AwsClient({ ...keys, region, service: 'ses', retries: 0 });
  return {
    async send({ to, subject, text, html, messageId }) {
      const body = {
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: { Data: subject, Charset: 'UTF-8' },
            Body: { Text: { Data: text, Charset: 'UTF-8' }, Html: { Data: html, Charset: 'UTF-8' } },
            Headers: [{ Name: 'X-Notice-Id', Value: messageId }],
          },
        },
      };
      const answer = await client.fetch(`https://email.${region}.amazonaws.com/v2/email/outbound-emails`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (answer.ok) return;
      const name = answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? 'SesFault';
      throw new SesFault(name, answer.status, await answer.text());
    },
  };
}

function smtpMail(address: string, from: string): Mail {
  const transport = createTransport(address);
  return {
    async send({ to, subject, text, html, messageId }) {
      await transport.sendMail({ from, to, subject, text, html, messageId });
    },
  };
}

let shared: Mail | undefined;

export function theMail(): Mail {
  if (shared === undefined) {
    const { MAIL_URL, MAIL_FROM } = readConfig(mailConfig);
    shared = MAIL_URL === 'ses:' ? sesMail(MAIL_FROM) : smtpMail(MAIL_URL, MAIL_FROM);
  }
  return shared;
}
