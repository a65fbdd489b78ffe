import type { Database } from '@comprimemelo/prisma/client/client';
import type { Check } from '@comprimemelo/service/http/health';
import type { KeyFinder } from '@comprimemelo/service/identity/access-token';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { AddressPolicy } from './addresses/address-policy.js';

export interface WebhooksDependencies {
  db: Database;
  /** Sends due deliveries. */
  dispatcher: { wake(): void };
  policy: AddressPolicy;
  /** WEBHOOK_SECRETS_KEY: encrypts the signing secrets. */
  secretsKey: string;
  /** Of access tokens. */
  findKey: KeyFinder;
  /** Whether a session has ended although its access tokens have not expired. */
  hasEnded(sessionId: string): boolean;
  logger: Logger;
  checks: Record<string, Check>;
}
