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
  /** Sends what the outbox holds. */
  relay: { wake(): void };
  changes: Omit<TaskChanges, 'close'>;
  /** For the watchers of tasks, and the workers that are to stop. */
  publisher: Pick<Publisher, 'announce'>;
  /** Of access tokens. */
  findKey: KeyFinder;
  /** TASK_SECRETS_KEY: seals the passwords of archives. */
  secretsKey: string;
  maxUploadBytes: number;
  /** Streams of events that are open here at once. */
  maxStreams: number;
  /** Milliseconds of silence after which a stream shows that it lives. Default: 15,000. */
  beat?: number;
  logger: Logger;
  checks: Record<string, Check>;
}
