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
  summary: 'Request a password reset link',
  description:
    'Both `username` and `email` accept either a user name or an e-mail address. The link is sent to the e-mail address of the account; it works once and expires after 30 minutes. The response is the same whether or not the account exists.',
  consumes: formEncodings,
  body: Type.Object(loginNames),
  response: {
    202: {
      ...Type.Unsafe<undefined>(Type.Null()),
      description: 'If the account exists, a link will be sent',
    },
    ...problemResponses('invalid-request', 'too-many-attempts', 'unavailable'),
  },
};

/** Milliseconds. Longer than the work for an existing account, so that timing reveals nothing. */
const answerTime = 300;

/** Stores a token and queues its e-mail in one transaction; does nothing if the account does not exist. */
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
