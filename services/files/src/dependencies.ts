import type { Database } from '@comprimemelo/prisma/client/client';
import type { Check } from '@comprimemelo/service/http/health';
import type { KeyFinder } from '@comprimemelo/service/identity/access-token';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import type { Carriage } from './send-by-nginx.js';

export interface FilesDependencies extends Carriage {
  db: Database;
  storage: StorageClient;
  /** Of access tokens. */
  findKey: KeyFinder;
  /** Whether a session has ended although its access tokens have not expired. */
  hasEnded(sessionId: string): boolean;
  maxUploadBytes: number;
  logger: Logger;
  checks: Record<string, Check>;
}
