import type { Server } from 'node:http';
import { StartRefusal } from './start-refusal.ts';

export interface Listening {
  readonly port: number;
  /** Stops accepting, ends idle connections at once and busy ones with their answer. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; `port` 0 takes a free one. Throws StartRefusal when the port is taken. */
export async function listenOnLoopback(server: Server, port: number, host = '127.0.0.1'): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refusalOf(error, port)));
    server.listen({ port, host }, () => resolve());
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // An open event stream or a stuck client must not hold up the end.
        setTimeout(() => server.closeAllConnections(), 1_500).unref();
      }),
  };
}

function refusalOf(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new StartRefusal(`Port ${port} is already in use; set PORT to another one.`);
  if (code === 'EACCES')
    return new StartRefusal(`Port ${port} may not be used by this account; set PORT to another one.`);
  return error;
}
