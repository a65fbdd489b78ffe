import { retrying } from '@comprimemelo/prisma/client/database-errors';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
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
  summary: 'Set a new password by the token of a link',
  description:
    'The token serves once. Ends every log-in: all refresh tokens are revoked. Access tokens go on to their own end.',
  consumes: formEncodings,
  body: Type.Object({
    token: Type.String({ minLength: 1, maxLength: 256 }),
    password: NewPassword,
  }),
  response: {
    204: { ...Type.Null(), description: 'The new password holds' },
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

/** Uses the token up, or nothing happens: of two that use it at once, one does. */
const exchange = ({ prisma }: Db, token: string, userId: Uint8Array, passwordHash: string) =>
  retrying(() =>
    prisma.$transaction(async (tx) => {
      const { count } = await tx.passwordReset.deleteMany({ where: living(token) });
      if (count === 0) throw new ProblemError('invalid-reset-token');
      await storePassword(tx, userId, passwordHash);
    }),
  );

export function resetPassword(app: App, { db, passwords, throttles }: AuthDependencies): void {
  app.post('/api/auth/password-reset/confirm', { schema }, async (request, reply) => {
    const { token, password } = request.body;
    await passwords.admit(async () => {
      const user = await ownerOf(db, token);
      refuseCommonPassword(password, { pointer: '/password', names: [user.username, user.email] });
      await exchange(db, token, user.id, await passwords.hash(password));
      // Whoever has waited for wrong passwords need not wait with the right one.
      await throttles.account.clear(subjectOf(user));
    });
    return reply.code(204).send(null);
  });
}
