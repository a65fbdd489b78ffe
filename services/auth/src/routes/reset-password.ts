import { retrying } from '@comprimemelo/prisma/client/database-errors';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import { NewPassword } from '../accounts/credentials.js';
import { formEncodings } from '../accounts/form-bodies.js';
import type { AuthDependencies } from '../dependencies.js';
import { subjectOf } from '../passwords/check-password.js';
import { refuseCommonPassword } from '../passwords/common-passwords.js';
import { storePassword } from '../passwords/new-password.js';
import { resetHash } from '../passwords/password-resets.js';

const schema = {
  operationId: 'resetPassword',
  tags: ['Accounts'],
  summary: 'Set a new password with the token from a reset link',
  description:
    'The token works once. Ends every session: all tokens are revoked, access tokens within five seconds.',
  consumes: formEncodings,
  body: Type.Object({
    token: Type.String({ minLength: 1, maxLength: 256 }),
    password: NewPassword,
  }),
  response: {
    204: { ...Type.Null(), description: 'The password was changed' },
    ...problemResponses('invalid-request', 'invalid-reset-token', 'weak-password', 'unavailable'),
  },
};

type Db = AuthDependencies['db'];

const living = (token: string) => ({
  tokenHash: Uint8Array.from(resetHash(token)),
  expiresAt: { gt: new Date() },
});

async function ownerOf({ prisma }: Db, token: string) {
  const where = living(token);
  const reset = await prisma.passwordReset.findFirst({ where, include: { user: true } });
  if (reset === null) throw new ProblemError('invalid-reset-token');
  return reset.user;
}

/** Consumes the token and sets the password. Of two concurrent requests only one succeeds. */
const exchange = (
  { db, tokens }: AuthDependencies,
  token: string,
  userId: Uint8Array,
  passwordHash: string,
) =>
  retrying(() =>
    db.prisma.$transaction(async (tx) => {
      const { count } = await tx.passwordReset.deleteMany({ where: living(token) });
      if (count === 0) throw new ProblemError('invalid-reset-token');
      await storePassword(tx, tokens, userId, passwordHash);
    }),
  );

export function resetPassword(app: App, dependencies: AuthDependencies): void {
  const { db, passwords, throttles } = dependencies;
  app.post('/api/auth/password-reset/confirm', { schema }, async (request, reply) => {
    const { token, password } = request.body;
    await passwords.admit(async () => {
      const user = await ownerOf(db, token);
      refuseCommonPassword(password, { pointer: '/password', names: [user.username, user.email] });
      await exchange(dependencies, token, user.id, await passwords.hash(password));
      // Clear the delay caused by wrong passwords, because the user now knows the right one.
      await throttles.account.clear(subjectOf(user));
    });
    return reply.code(204).send(null);
  });
}
