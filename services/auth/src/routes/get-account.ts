import { Account } from '@comprimemelo/contracts/account';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { toAccount } from '../accounts/account-view.js';
import type { AuthDependencies } from '../dependencies.js';

const schema = {
  operationId: 'getAccount',
  tags: ['Accounts'],
  summary: 'Get your account',
  description: 'Returns the account that the access token belongs to.',
  security: secured,
  response: {
    200: { ...ref(Account), description: 'The account' },
    ...problemResponses('invalid-request', 'unauthenticated', 'account-not-found'),
  },
};

export function getAccount(app: App, { db }: AuthDependencies): void {
  app.get('/api/auth/me', { schema }, async (request) => {
    const user = await db.prisma.user.findUnique({ where: { id: toBytes(request.userId) } });
    if (user === null) throw new ProblemError('account-not-found');
    return toAccount(user);
  });
}
