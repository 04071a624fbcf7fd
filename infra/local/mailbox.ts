import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Clock } from './clock.ts';
import { answerMailbox } from './mailbox-pages.ts';
import { logLine, defectOf } from './log-line.ts';
import { mailStore, type MailMessage, type MailStore } from './mail-store.ts';

export interface Mailbox {
  /** `smtp://127.0.0.1:<port>` */
  readonly url: string;
  /** The newest first. */
  list(to?: string): readonly MailMessage[];
  /** Answers `/mailbox`, `/mailbox.json` and what is below. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): void;
  stop(): Promise<void>;
}

const largestMail = 5_000_000;

/** Starts a mail server that accepts every mail and sends none on. In memory without `folder`. */
export async function startMailbox(options: { readonly folder?: string; readonly clock: Clock }): Promise<Mailbox> {
  const store = mailStore(options.folder);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: largestMail,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address);
        keep(store, options.clock, to, Buffer.concat(chunks)).then(
          () => done(),
          (error: unknown) => {
            logLine('mailbox', 'A mail could not be kept.', defectOf(error));
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      });
    },
  });
  // A client that goes away in the middle is its own problem, not the end of the server.
  server.on('error', (error) => logLine('mailbox', 'A mail connection failed.', { error: error.message }));
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    list: (to) => store.list(to),
    handle: (request, response, url) => answerMailbox(store, request, response, url),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The envelope says who gets it: the `To` line is only what the writer put on top. */
async function keep(store: MailStore, clock: Clock, to: readonly string[], raw: Buffer): Promise<void> {
  const mail = await PostalMime.parse(raw);
  const at = new Date(clock.now()).toISOString();
  store.add({
    id: `${String(Date.now()).padStart(14, '0')}-${randomUUID().slice(0, 8)}`,
    at,
    from: mail.from?.address ?? '',
    to: [...to],
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
  });
}
