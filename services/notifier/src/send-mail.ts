import { createTransport, type NodemailerError } from 'nodemailer';
import pTimeout from 'p-timeout';
import { compose } from './compose.js';
import { MailRefusedError } from './mail-refused-error.js';
import type { MailSender } from './mail-sender.js';

/** Milliseconds per step; a working server needs a fraction of them. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };

/** Milliseconds for which a reachability check is cached, and its timeout. */
const stateKept = 10_000;
const stateBound = 1_500;

/** An address that SMTP cannot express is rejected locally, without a server reply. */
const isUnusableAddress = ({ code, command }: NodemailerError) =>
  code === 'EENVELOPE' && command === 'API';

/** A permanent rejection of this recipient or content. A rejected log-in or sender is for the operator to fix. */
const isFinalReply = ({ permanent, command }: NodemailerError) =>
  permanent === true && (command === 'RCPT TO' || command === 'DATA');

function toFailure(error: NodemailerError): Error {
  if (!isUnusableAddress(error) && !isFinalReply(error)) return error;
  return new MailRefusedError(error.response ?? error.message, { cause: error });
}

/** Sends by SMTP over a pool of persistent connections. `from` is the sender of every e-mail. */
export function createSmtpSender({ url, from }: { url: string; from: string }): MailSender {
  // The notification handler does all retries, so the pool must not.
  const transport = createTransport({ url, pool: true, maxRequeues: 0, ...timeouts });
  let known: { at: number; state: Promise<string> } | undefined;

  async function ask(): Promise<string> {
    try {
      await pTimeout(transport.verify(), { milliseconds: stateBound });
      return 'reachable';
    } catch {
      return 'unreachable';
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
