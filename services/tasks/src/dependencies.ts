import type { Publisher } from '@comprimemelo/messaging/publisher';
import type { Database } from '@comprimemelo/prisma/client/client';
import type { Check } from '@comprimemelo/service/http/health';
import type { KeyFinder } from '@comprimemelo/service/identity/access-token';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import type { TaskChanges } from './watch/task-changes.js';

export interface TaskEventDependencies {
  db: Database;
  storage: StorageClient;
  publisher: Pick<Publisher, 'announce'>;
  relay: { wake(): void };
  logger: Logger;
}

export interface TasksDependencies {
  db: Database;
  storage: StorageClient;
  /** Publishes the messages in the outbox. */
  relay: { wake(): void };
  changes: Omit<TaskChanges, 'close'>;
  /** Announces task changes to streams and cancellations to workers. */
  publisher: Pick<Publisher, 'announce'>;
  /** Of access tokens. */
  findKey: KeyFinder;
  /** Whether a session has ended although its access tokens have not expired. */
  hasEnded(sessionId: string): boolean;
  /** TASK_SECRETS_KEY: encrypts archive passwords. */
  secretsKey: string;
  maxUploadBytes: number;
  /** Maximum number of event streams open in this process. */
  maxStreams: number;
  /** Milliseconds without an event after which a stream sends a heartbeat. Default: 15,000. */
  beat?: number;
  logger: Logger;
  checks: Record<string, Check>;
}
