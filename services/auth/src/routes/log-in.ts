import { TokenSet } from '@comprimemelo/contracts/account';
import type { App } from '@comprimemelo/service/http-app';
import { problemResponses, ref } from '@comprimemelo/service/openapi';
import { ProblemError } from '@comprimemelo/service/problem-error';
import Type from 'typebox';
import type { AuthDependencies } from '../app.js';
import { Password } from '../credentials.js';
import { formEncodings } from '../form-bodies.js';
import { passwordMatches } from '../passwords.js';

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 254 }));

const schema = {
  operationId: 'logIn',
  tags: ['Accounts'],
  summary: 'Log in',
  description: '`username` and `email` each take either a user name or an e-mail address.',
  consumes: formEncodings,
  body: Type.Object({ username: Name, email: Name, password: Password }),
  response: {
    200: { ...ref(TokenSet), description: 'An access token and a refresh token' },
    ...problemResponses('invalid-request', 'bad-credentials', 'unavailable'),
  },
};

export function logIn(app: App, { db, tokens }: AuthDependencies): void {
  app.post('/api/auth/login', { schema }, async (request, reply) => {
    const name = request.body.username ?? request.body.email;
    if (name === undefined) {
      const errors = [{ pointer: '/username', detail: 'is missing, and so is `email`' }];
      throw new ProblemError('invalid-request', { errors });
    }
    // A user name never holds an @, so one index answers.
    const where = name.includes('@') ? { email: name } : { username: name };
    const user = await db.prisma.user.findUnique({ where });
    const matches = await passwordMatches(user?.passwordHash, request.body.password);
    if (user === null || !matches) throw new ProblemError('bad-credentials');
    // RFC 6749, section 5.1.
    reply.header('cache-control', 'no-store');
    return tokens.logIn(user.id);
  });
}
