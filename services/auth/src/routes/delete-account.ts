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
import { needRecentLogIn } from '../tokens/recent-log-in.js';

const schema = {
  operationId: 'deleteAccount',
  tags: ['Accounts'],
  summary: 'Delete your account',
  description:
    'Deletes the account immediately, then removes its tasks, files and webhooks in the background. Needs an access token of a session that began with a log-in at most ten minutes ago. All tokens of the account are refused within five seconds.',
  security: secured,
  response: {
    204: { ...Type.Null(), description: 'The account was deleted' },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'recent-log-in-needed',
      'account-not-found',
    ),
  },
};

export function deleteAccount(app: App, { db, tokens, relay }: AuthDependencies): void {
  app.delete('/api/auth/me', { schema }, async (request, reply) => {
    await needRecentLogIn(db, request);
    const body: AccountDeleted = { type: 'account.deleted', accountId: request.userId };
    const message = outboxMessage({
      exchange: exchanges.notifications,
      routingKey: body.type,
      body,
      headers: messageHeaders(request),
    });
    await retrying(() =>
      db.prisma.$transaction(async (tx) => {
        const id = toBytes(request.userId);
        await tokens.endAll(tx, id);
        const { count } = await tx.user.deleteMany({ where: { id } });
        if (count === 0) throw new ProblemError('account-not-found');
        await tx.outboxMessage.create({ data: message });
      }),
    );
    relay.wake();
    return reply.code(204).send(null);
  });
}
