import type { DeliveryAttempt } from '@comprimemelo/contracts/webhook';
import type { Database } from '@comprimemelo/prisma/client/client';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import type { Webhook } from '@comprimemelo/prisma/generated/client';
import type { Logger } from '@comprimemelo/service/process/logger';
import { signingKeys } from '../registrations/signing-secret.js';
import {
  disableWebhook,
  failingBound,
  noteFailure,
  noteSuccess,
} from '../registrations/webhook-health.js';
import { isGone, type Verdict, verdictOf } from './attempt-outcome.js';
import type { ClaimedDelivery } from './claim-deliveries.js';
import { recordAttempt } from './record-attempt.js';
import { usualPauses } from './retry-schedule.js';
import type { Answer, Sender } from './sender.js';
import { signedHeaders } from './signed-headers.js';

export interface AttemptDependencies {
  db: Database;
  sender: Sender;
  /** WEBHOOK_SECRETS_KEY: one key or several. */
  secretsKey: string;
  logger: Logger;
  /** Milliseconds between attempts; default: more than a day in total. */
  pauses?: readonly number[];
}

function request(delivery: ClaimedDelivery, webhook: Webhook, secretsKey: string) {
  const at = new Date();
  const { payload } = delivery;
  const keys = signingKeys(webhook, secretsKey, at);
  return {
    url: webhook.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Comprimemelo-Webhooks/1.0',
      ...signedHeaders({ eventId: fromBytes(delivery.eventId), payload, at }, keys),
    },
    body: payload,
  };
}

const attemptOf = (answer: Answer, startedAt: Date): DeliveryAttempt => ({
  at: startedAt.toISOString(),
  statusCode: 'statusCode' in answer ? answer.statusCode : null,
  fault: 'fault' in answer ? answer.fault : null,
  durationMs: Date.now() - startedAt.getTime(),
});

/** Updates the health of the webhook. Done before recording the attempt, so that a crash in between repeats it. */
async function judgeWebhook(db: Database, webhook: Webhook, answer: Answer, verdict: Verdict) {
  if (verdict === 'delivered') return noteSuccess(db, webhook);
  if (isGone(answer)) return disableWebhook(db, webhook, 'gone');
  await noteFailure(db, webhook, new Date());
  const { failingSince } = webhook;
  const isFailing = failingSince !== null && Date.now() - failingSince.getTime() >= failingBound;
  // One failure after a quiet week is not a week of failures, so a whole delivery must have failed.
  if (verdict === 'failed' && isFailing) await disableWebhook(db, webhook, 'failing');
}

const ownFault: Answer = { fault: 'internal-error' };

/** Makes the request, if it may be made. Internal errors are logged. */
async function tryOnce(
  delivery: ClaimedDelivery,
  webhook: Webhook,
  { sender, secretsKey, logger, pauses = usualPauses }: AttemptDependencies,
): Promise<Answer> {
  if (!webhook.enabled) return { fault: 'webhook-disabled' };
  // The last attempt was started before and crashed its process.
  if (delivery.roundCount > pauses.length + 1) return ownFault;
  try {
    return await sender.send(request(delivery, webhook, secretsKey));
  } catch (err) {
    logger.error({ err, webhookId: fromBytes(webhook.id) }, 'a webhook cannot be signed');
    return ownFault;
  }
}

const isOfReceiver = (answer: Answer): boolean =>
  !('fault' in answer && ['webhook-disabled', 'internal-error'].includes(answer.fault));

/** Makes one attempt at a claimed delivery and records the outcome. */
export async function attemptDelivery(
  delivery: ClaimedDelivery,
  dependencies: AttemptDependencies,
): Promise<void> {
  const { db, logger, pauses = usualPauses } = dependencies;
  const webhook = await db.prisma.webhook.findUnique({ where: { id: delivery.webhookId } });
  // The webhook was deleted meanwhile, together with the delivery.
  if (webhook === null) return;
  const startedAt = new Date();
  const answer = await tryOnce(delivery, webhook, dependencies);
  const verdict = webhook.enabled ? verdictOf(answer, delivery.roundCount, pauses) : 'failed';
  if (isOfReceiver(answer)) await judgeWebhook(db, webhook, answer, verdict);
  await recordAttempt(db, delivery, attemptOf(answer, startedAt), verdict);
  const ids = { deliveryId: fromBytes(delivery.id), webhookId: fromBytes(webhook.id) };
  logger.info({ ...ids, ...answer, verdict }, 'a webhook was tried');
}
