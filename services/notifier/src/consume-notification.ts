import { setTimeout as pause } from 'node:timers/promises';
import type { Notification } from '@comprimemelo/contracts/messages';
import type { Message, Outcome } from '@comprimemelo/messaging/message';
import type { Publisher } from '@comprimemelo/messaging/publisher';
import type { Logger } from '@comprimemelo/service/process/logger';
import { MailRefusedError } from './mail-refused-error.js';
import type { MailSender } from './mail-sender.js';
import { openNotification } from './open-notification.js';
import { render } from './render.js';
import { requeueNotification, triedBefore } from './requeue-notification.js';
import { defaultRetryPolicy, pauseAfter, type RetryPolicy } from './retry-policy.js';

export interface NotificationDependencies {
  sender: MailSender;
  publish: Publisher['publish'];
  publicUrl: string;
  mailSecretsKey: string;
  logger: Logger;
  /** Aborted when the process stops: pauses end, and their messages are returned to the broker. */
  stopping: AbortSignal;
  retryPolicy?: RetryPolicy;
}

type Handler = (message: Message<Notification>) => Promise<Outcome>;

/** Renders and sends an e-mail. 'retry': it may succeed later; 'reject': it never will. Logs the outcome. */
const createAttempt = ({
  sender,
  publicUrl,
  mailSecretsKey,
  logger,
}: NotificationDependencies): Handler =>
  async function attempt({ body, messageId, trace }) {
    const log = { type: body.type, messageId, ...trace };
    try {
      const mail = render(openNotification(body, mailSecretsKey), publicUrl);
      await sender.send(mail);
      logger.info({ ...log, mail: mail.messageId }, 'e-mail sent');
      return 'done';
    } catch (err) {
      if (err instanceof MailRefusedError) {
        logger.error({ ...log, err }, 'e-mail permanently refused');
        return 'reject';
      }
      logger.warn({ ...log, err }, 'e-mail cannot be sent now');
      return 'retry';
    }
  };

/**
 * Handles a notification: 'done' once the e-mail has been handed over, 'reject' if it never can be. Until then the
 * delivery stays unacknowledged and is retried with increasing pauses. After a time limit, or when the process stops,
 * the message goes to the end of the queue.
 */
export function createNotificationHandler(dependencies: NotificationDependencies): Handler {
  const { publish, logger, stopping, retryPolicy = defaultRetryPolicy } = dependencies;
  const attempt = createAttempt(dependencies);

  return async (message) => {
    const stop = AbortSignal.any([stopping, message.signal]);
    const heldSince = Date.now();
    const { tries: before, since } = triedBefore(message);
    for (let tries = before; ; tries += 1) {
      const outcome = stop.aborted ? 'retry' : await attempt(message);
      // A lost delivery now belongs to another consumer, so it must not be requeued as a copy.
      if (outcome !== 'retry' || message.signal.aborted) return outcome;
      if (Date.now() - since >= retryPolicy.giveUp) {
        logger.error({ messageId: message.messageId, tries }, 'e-mail given up');
        return 'reject';
      }
      if (stopping.aborted || Date.now() - heldSince >= retryPolicy.hold) {
        await requeueNotification(publish, message, { tries: tries + 1, since });
        return 'done';
      }
      await pause(pauseAfter(tries, retryPolicy), undefined, { signal: stop }).catch(
        () => undefined,
      );
    }
  };
}
