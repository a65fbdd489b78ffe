import { setTimeout as pause } from 'node:timers/promises';
import type { PasswordResetRequested } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { seal } from '@comprimemelo/service/identity/sealed-box';
import Type from 'typebox';
import { toRecipient } from '../accounts/account-view.js';
import { formEncodings } from '../accounts/form-bodies.js';
import { findAccount, givenNames, loginNames } from '../accounts/login-name.js';
import type { AuthDependencies } from '../dependencies.js';
import { insertReset } from '../passwords/password-resets.js';

const schema = {
  operationId: 'requestPasswordReset',
  tags: ['Accounts'],
  summary: 'Ask for a link to set a new password',
  description:
    '`username` and `email` each take either. The link goes to the e-mail address of the account, serves once and for 30 minutes. The answer is the same whether or not there is such an account.',
  consumes: formEncodings,
  body: Type.Object(loginNames),
  response: {
    202: {
      ...Type.Unsafe<undefined>(Type.Null()),
      description: 'If there is such an account, the link is on its way',
    },
    ...problemResponses('invalid-request', 'too-many-attempts', 'unavailable'),
  },
};

/** Milliseconds: longer than the work for an account that exists, so that the time tells nothing. */
const answerTime = 300;

/** Stores a token and queues its e-mail in one transaction; nothing where there is no such account. */
async function sendLink(
  { db, relay, mailSecretsKey }: AuthDependencies,
  names: readonly [string, ...string[]],
  headers: Record<string, string>,
): Promise<void> {
  const user = await findAccount(db, names);
  if (user === null) return;
  await db.prisma.$transaction(async (tx) => {
    const token = await insertReset(tx, user.id);
    if (token === undefined) return;
    const body: PasswordResetRequested = {
      type: 'account.password-reset',
      resetId: newId(),
      recipient: toRecipient(user),
      sealedToken: seal(token, mailSecretsKey).toString('base64url'),
    };
    const to = { exchange: exchanges.notifications, routingKey: body.type, secret: true };
    await tx.outboxMessage.create({ data: outboxMessage({ ...to, body, headers }) });
  });
  relay.wake();
}

export function requestPasswordReset(app: App, dependencies: AuthDependencies): void {
  const { throttles } = dependencies;
  app.post('/api/auth/password-reset', { schema }, async (request, reply) => {
    const names = givenNames(request.body);
    await throttles.passwordResets.take(request, reply);
    await Promise.all([sendLink(dependencies, names, messageHeaders(request)), pause(answerTime)]);
    return reply.code(202).send(undefined);
  });
}
