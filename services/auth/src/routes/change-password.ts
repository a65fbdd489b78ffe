import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import { NewPassword, Password } from '../accounts/credentials.js';
import { formEncodings } from '../accounts/form-bodies.js';
import type { AuthDependencies } from '../dependencies.js';
import { checkPassword } from '../passwords/check-password.js';
import { refuseCommonPassword } from '../passwords/common-passwords.js';
import { storePassword } from '../passwords/new-password.js';

const schema = {
  operationId: 'changePassword',
  tags: ['Accounts'],
  summary: 'Change the password',
  description:
    'Ends every session: all tokens are revoked, access tokens within five seconds, and you log in again with the new password.',
  security: secured,
  consumes: formEncodings,
  body: Type.Object({ currentPassword: Password, newPassword: NewPassword }),
  response: {
    204: { ...Type.Null(), description: 'The password was changed' },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'account-not-found',
      'current-password-wrong',
      'weak-password',
      'too-many-attempts',
      'unavailable',
    ),
  },
};

const wrong = () =>
  new ProblemError('current-password-wrong', {
    errors: [
      {
        pointer: '/currentPassword',
        detail: '`currentPassword` is not the password of the account.',
      },
    ],
  });

export function changePassword(app: App, dependencies: AuthDependencies): void {
  const { db, passwords, tokens } = dependencies;
  app.post('/api/auth/password', { schema }, async (request, reply) => {
    const { currentPassword, newPassword } = request.body;
    await passwords.admit(async () => {
      const user = await db.prisma.user.findUnique({ where: { id: toBytes(request.userId) } });
      if (user === null) throw new ProblemError('account-not-found');
      const names = [user.username, user.email];
      refuseCommonPassword(newPassword, { pointer: '/newPassword', names });
      const claim = { claimant: user, password: currentPassword };
      if (!(await checkPassword(dependencies, { request, reply }, claim))) throw wrong();
      const passwordHash = await passwords.hash(newPassword);
      await retrying(() =>
        db.prisma.$transaction((tx) => storePassword(tx, tokens, user.id, passwordHash)),
      );
    });
    return reply.code(204).send(null);
  });
}
