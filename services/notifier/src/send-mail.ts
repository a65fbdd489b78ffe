import { createTransport, type NodemailerError } from 'nodemailer';
import { compose } from './compose.js';
import { MailRefusedError } from './mail-refused-error.js';
import type { MailSender } from './mail-sender.js';

/** Milliseconds, each for a step that a server which is alive does in a fraction of it. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };

/** Milliseconds that an answer about reachability is kept, and that one is waited for. */
const stateKept = 10_000;
const stateBound = 1_500;

/** An address that cannot be written in SMTP never reached the server: there is no reply to go by. */
const isUnusableAddress = ({ code, command }: NodemailerError) =>
  code === 'EENVELOPE' && command === 'API';

/** The server's last word on this recipient or this content. A refused log-in or sender is the operator's. */
const isFinalReply = ({ permanent, command }: NodemailerError) =>
  permanent === true && (command === 'RCPT TO' || command === 'DATA');

function toFailure(error: NodemailerError): Error {
  if (!isUnusableAddress(error) && !isFinalReply(error)) return error;
  return new MailRefusedError(error.response ?? error.message, { cause: error });
}

/** Sends by SMTP over a pool of connections that stay open. `from` is the sender of every e-mail. */
export function createSmtpSender({ url, from }: { url: string; from: string }): MailSender {
  // The handler of notifications repeats and pauses; the pool must not do so beneath it.
  const transport = createTransport({ url, pool: true, maxRequeues: 0, ...timeouts });
  let known: { at: number; state: Promise<string> } | undefined;

  async function ask(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(reject, stateBound, new Error('no answer'));
    });
    try {
      await Promise.race([transport.verify(), late]);
      return 'reachable';
    } catch {
      return 'unreachable';
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async send(mail) {
      try {
        await transport.sendMail(compose(mail, from));
      } catch (error) {
        throw toFailure(error as NodemailerError);
      }
    },
    state() {
      if (known === undefined || Date.now() - known.at > stateKept) {
        known = { at: Date.now(), state: ask() };
      }
      return known.state;
    },
    async close() {
      transport.close();
    },
  };
}
