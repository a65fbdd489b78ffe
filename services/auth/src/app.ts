import { Account, TokenSet } from '@comprimemelo/contracts/account';
import { isUnavailable } from '@comprimemelo/prisma/client/database-errors';
import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { requireAccessToken } from '@comprimemelo/service/identity/access-token';
import { acceptForms } from './accounts/form-bodies.js';
import type { AuthDependencies } from './dependencies.js';
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
import { publicKeyPem } from './tokens/signing-keys.js';

/** Every route of the service. */
export async function buildApp(dependencies: AuthDependencies): Promise<App> {
  const { db, logger, checks, trustedProxies, hasEnded } = dependencies;
  const app = await createHttpApp({
    service: 'auth',
    logger,
    checks,
    trustedProxies,
    // The outbox keeps messages while the broker is down.
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
    await requireAccessToken(scope, { findKey: (kid) => publicKeyPem(db, kid), hasEnded });
    await acceptForms(scope);
    changePassword(scope, dependencies);
    getAccount(scope, dependencies);
    deleteAccount(scope, dependencies);
  });
  return app;
}
