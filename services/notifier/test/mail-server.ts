import { once } from 'node:events';
import type { Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came over the wire. */
  source: string;
}

export interface MailServer {
  url: string;
  port: number;
  /** Resolves to the next e-mail that was taken. */
  next(): Promise<ReceivedMail>;
  /** E-mails that were taken and not yet asked for. */
  readonly waiting: number;
  close(): Promise<void>;
}

/** A refusal as a mail server answers it. */
export const refusal = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

async function listen(server: Server, port: number | undefined): Promise<number> {
  for (;;) {
    // Below the ephemeral range, so that nothing takes the port while the server is down.
    const tried = port ?? 20_000 + Math.floor(Math.random() * 12_000);
    try {
      await once(server.listen(tried, '127.0.0.1'), 'listening');
      return tried;
    } catch (error) {
      if (port !== undefined) throw error;
    }
  }
}

/** A real SMTP server on this machine that keeps what it takes. `options` may refuse. */
export async function startMailServer(
  options: SMTPServerOptions & { port?: number } = {},
): Promise<MailServer> {
  const { port: wanted, ...rest } = options;
  const mails: ReceivedMail[] = [];
  const readers: ((mail: ReceivedMail) => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        };
        const reader = readers.shift();
        if (reader) reader(mail);
        else mails.push(mail);
        done();
      });
    },
    ...rest,
  });
  const port = await listen(server.server, wanted);
  server.on('error', () => undefined);
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    get waiting() {
      return mails.length;
    },
    async next() {
      const mail = mails.shift();
      return mail ?? new Promise((resolve) => readers.push(resolve));
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
