import { Account } from '@comprimemelo/contracts/account';
import type { AccountCreated } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import { uniqueConstraint } from '@comprimemelo/prisma/database-errors';
import { newId, toBytes } from '@comprimemelo/prisma/identifiers';
import { outboxMessage } from '@comprimemelo/prisma/outbox';
import type { App } from '@comprimemelo/service/http-app';
import { problemResponses, ref } from '@comprimemelo/service/openapi';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { messageHeaders } from '@comprimemelo/service/request-context';
import Type, { type Static } from 'typebox';
import { toAccount } from '../account-view.js';
import type { AuthDependencies } from '../app.js';
import { Email, NewPassword, PersonName, Username } from '../credentials.js';
import { formEncodings } from '../form-bodies.js';
import { hashPassword } from '../passwords.js';

const Body = Type.Object({
  username: Username,
  email: Email,
  password: NewPassword,
  passwordConfirmation: Type.Optional(Type.String()),
  firstName: Type.Optional(PersonName),
  lastName: Type.Optional(PersonName),
});

const schema = {
  operationId: 'signUp',
  tags: ['Accounts'],
  summary: 'Sign up',
  description: 'Makes an account and queues a welcome e-mail.',
  consumes: formEncodings,
  body: Body,
  response: {
    201: { ...ref(Account), description: 'The new account' },
    ...problemResponses('invalid-request', 'email-taken', 'username-taken', 'unavailable'),
  },
};

const taken = (field: 'email' | 'username') =>
  new ProblemError(field === 'email' ? 'email-taken' : 'username-taken', {
    errors: [{ pointer: `/${field}`, detail: 'is taken' }],
  });

/** Spares the hash where the answer is known; the unique indexes decide. */
async function refuseTaken(db: AuthDependencies['db'], body: Static<typeof Body>): Promise<void> {
  const { username, email } = body;
  const other = await db.prisma.user.findFirst({ where: { OR: [{ username }, { email }] } });
  if (other === null) return;
  throw taken(other.email.toLowerCase() === email.toLowerCase() ? 'email' : 'username');
}

export function signUp(app: App, { db, relay }: AuthDependencies): void {
  app.post('/api/auth/signup', { schema }, async (request, reply) => {
    const { passwordConfirmation, password, username, email, ...names } = request.body;
    if (passwordConfirmation !== undefined && passwordConfirmation !== password) {
      const errors = [{ pointer: '/passwordConfirmation', detail: 'differs from the password' }];
      throw new ProblemError('invalid-request', { errors });
    }
    await refuseTaken(db, request.body);
    const user = {
      id: toBytes(newId()),
      username,
      email,
      passwordHash: await hashPassword(password),
      firstName: names.firstName || null,
      lastName: names.lastName || null,
      createdAt: new Date(),
    };
    const account = toAccount(user);
    const welcome: AccountCreated = {
      type: 'account.created',
      accountId: account.id,
      recipient: { name: user.firstName ?? username, email },
    };
    const message = outboxMessage({
      exchange: exchanges.notifications,
      routingKey: welcome.type,
      body: welcome,
      headers: messageHeaders(request),
    });
    try {
      await db.prisma.$transaction([
        db.prisma.user.create({ data: user }),
        db.prisma.outboxMessage.create({ data: message }),
      ]);
    } catch (error) {
      const index = uniqueConstraint(error);
      if (index === undefined) throw error;
      throw taken(index.includes('email') ? 'email' : 'username');
    }
    relay.wake();
    return reply.code(201).header('location', '/api/auth/me').send(account);
  });
}
