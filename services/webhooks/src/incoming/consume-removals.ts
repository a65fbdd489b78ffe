import { AccountDeleted } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { type Consumer, consume } from '@comprimemelo/messaging/consumer';
import type { Database } from '@comprimemelo/prisma/client/client';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { removeWebhooks } from '../registrations/remove-webhooks.js';

/** Deletes the webhooks of deleted accounts. */
export function consumeRemovals(broker: BrokerConnection, { db }: { db: Database }): Consumer {
  return consume(broker, {
    queue: queues.webhookRemovals,
    concurrency: 1,
    schema: AccountDeleted,
    async handler({ body }) {
      await removeWebhooks(db, { ownerId: toBytes(body.accountId) });
      return 'done';
    },
  });
}
