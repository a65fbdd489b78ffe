import type { AccountDeleted } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import { retrying } from '@comprimemelo/prisma/client/database-errors';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, secured } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';
import type { AuthDependencies } from '../dependencies.js';

const schema = {
  operationId: 'deleteAccount',
  tags: ['Accounts'],
  summary: 'Delete your account',
  description:
    'Deletes the account immediately, then removes its tasks, files and webhooks in the background.',
  security: secured,
  response: {
    204: { ...Type.Null(), description: 'The account was deleted' },
    ...problemResponses('invalid-request', 'unauthenticated', 'account-not-found'),
  },
};

export function deleteAccount(app: App, { db, relay }: AuthDependencies): void {
  app.delete('/api/auth/me', { schema }, async (request, reply) => {
    const body: AccountDeleted = { type: 'account.deleted', accountId: request.userId };
    const message = outboxMessage({
      exchange: exchanges.notifications,
      routingKey: body.type,
      body,
      headers: messageHeaders(request),
    });
    await retrying(() =>
      db.prisma.$transaction(async (tx) => {
        const { count } = await tx.user.deleteMany({ where: { id: toBytes(request.userId) } });
        if (count === 0) throw new ProblemError('account-not-found');
        await tx.outboxMessage.create({ data: message });
      }),
    );
    relay.wake();
    return reply.code(204).send(null);
  });
}
