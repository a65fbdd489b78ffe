import { Removal } from '@comprimemelo/contracts/messages';
import { queues } from '@comprimemelo/contracts/queues';
import type { BrokerConnection } from '@comprimemelo/messaging/connection';
import { type Consumer, consume } from '@comprimemelo/messaging/consumer';
import type { TaskEventDependencies } from '../dependencies.js';
import { forgetResult } from './forget-result.js';
import { removeAccount } from './remove-account.js';

/** Handles the deletion of accounts and files by other services. */
export function consumeRemovals(
  broker: BrokerConnection,
  dependencies: TaskEventDependencies,
): Consumer {
  return consume(broker, {
    queue: queues.removals,
    concurrency: 1,
    schema: Removal,
    async handler({ body }) {
      if (body.type === 'account.deleted') await removeAccount(body.accountId, dependencies);
      else await forgetResult(body, dependencies);
      return 'done';
    },
  });
}
