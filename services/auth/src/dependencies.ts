import type { Database } from '@comprimemelo/prisma/client/client';
import type { Check } from '@comprimemelo/service/http/health';
import type { Logger } from '@comprimemelo/service/process/logger';
import type { Passwords } from './passwords/passwords.js';
import type { Throttles } from './throttling/throttles.js';
import type { TokenIssuer } from './tokens/token-issuer.js';

export interface AuthDependencies {
  db: Database;
  tokens: TokenIssuer;
  /** Whether a session has ended although its access tokens have not expired. */
  hasEnded(sessionId: string): boolean;
  passwords: Passwords;
  throttles: Throttles;
  /** Publishes the messages in the outbox. */
  relay: { wake(): void };
  /** Encrypts the tokens in e-mails. */
  mailSecretsKey: string;
  /** Proxies whose X-Forwarded-For is trusted. */
  trustedProxies: string;
  logger: Logger;
  checks: Record<string, Check>;
}
