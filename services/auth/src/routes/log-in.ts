import { TokenSet } from '@comprimemelo/contracts/account';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import { Password } from '../accounts/credentials.js';
import { formEncodings } from '../accounts/form-bodies.js';
import { findAccount, givenNames, loginNames } from '../accounts/login-name.js';
import type { AuthDependencies } from '../dependencies.js';
import { checkPassword } from '../passwords/check-password.js';

const schema = {
  operationId: 'logIn',
  tags: ['Accounts'],
  summary: 'Log in',
  description:
    '`username` and `email` each take either a user name or an e-mail address; where both are sent, both must be of the account. After a few wrong passwords each further one costs a longer wait, and an address has only so many: `429` says how long.',
  consumes: formEncodings,
  body: Type.Object({ ...loginNames, password: Password }),
  response: {
    200: { ...ref(TokenSet), description: 'An access token and a refresh token' },
    ...problemResponses('invalid-request', 'bad-credentials', 'too-many-attempts', 'unavailable'),
  },
};

export function logIn(app: App, dependencies: AuthDependencies): void {
  const { db, passwords, tokens } = dependencies;
  app.post('/api/auth/login', { schema }, (request, reply) =>
    passwords.admit(async () => {
      const names = givenNames(request.body);
      const user = await findAccount(db, names);
      const matches = await checkPassword(
        dependencies,
        { request, reply },
        { claimant: user ?? { unknownName: names[0] }, password: request.body.password },
      );
      const given = user !== null && matches ? await tokens.logIn(user) : undefined;
      if (given === undefined) throw new ProblemError('bad-credentials');
      // RFC 6749, section 5.1.
      reply.header('cache-control', 'no-store');
      return given;
    }),
  );
}
