import { Account, TokenSet } from '@comprimemelo/contracts/account';
import type { Database } from '@comprimemelo/prisma/client/client';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import type { Check } from '@comprimemelo/service/http/health';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { createAccessTokenVerifier } from '@comprimemelo/service/identity/access-token';
import { requireAccessToken } from '@comprimemelo/service/identity/authenticate';
import type { Logger } from '@comprimemelo/service/process/logger';
import { acceptForms } from './accounts/form-bodies.js';
import type { Passwords } from './passwords/passwords.js';
import { changePassword } from './routes/change-password.js';
import { deleteAccount } from './routes/delete-account.js';
import { getAccount } from './routes/get-account.js';
import { getJwks } from './routes/get-jwks.js';
import { logIn } from './routes/log-in.js';
import { logOut } from './routes/log-out.js';
import { refreshToken } from './routes/refresh-token.js';
import { requestPasswordReset } from './routes/request-password-reset.js';
import { resetPassword } from './routes/reset-password.js';
import { signUp } from './routes/sign-up.js';
import type { Throttles } from './throttling/throttles.js';
import { publicKeyPem } from './tokens/signing-keys.js';
import type { TokenIssuer } from './tokens/token-issuer.js';

export interface AuthDependencies {
  db: Database;
  tokens: TokenIssuer;
  passwords: Passwords;
  throttles: Throttles;
  /** Sends what the outbox holds. */
  relay: { wake(): void };
  /** Seals what e-mails carry. */
  mailSecretsKey: string;
  /** Whose X-Forwarded-For is believed. */
  trustedProxies: string;
  logger: Logger;
  checks: Record<string, Check>;
}

/** Every route of the service. */
export async function buildApp(dependencies: AuthDependencies): Promise<App> {
  const { db, logger, checks, trustedProxies } = dependencies;
  const app = await createHttpApp({
    ...{ service: 'auth', logger, checks, trustedProxies },
    // The outbox keeps what the broker cannot take now.
    optional: ['broker'],
    unavailable: isUnavailable,
  });
  app.addSchema(Account);
  app.addSchema(TokenSet);

  await app.register(async (scope: App) => {
    await acceptForms(scope);
    signUp(scope, dependencies);
    logIn(scope, dependencies);
    refreshToken(scope, dependencies);
    logOut(scope, dependencies);
    requestPasswordReset(scope, dependencies);
    resetPassword(scope, dependencies);
    getJwks(scope, dependencies);
  });
  await app.register(async (scope: App) => {
    const verify = createAccessTokenVerifier((kid) => publicKeyPem(db, kid));
    requireAccessToken(scope, verify);
    await acceptForms(scope);
    changePassword(scope, dependencies);
    getAccount(scope, dependencies);
    deleteAccount(scope, dependencies);
  });
  return app;
}
