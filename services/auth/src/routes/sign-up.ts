import { Account, Language } from '@comprimemelo/contracts/account';
import type { AccountCreated } from '@comprimemelo/contracts/messages';
import { exchanges } from '@comprimemelo/contracts/queues';
import { uniqueConstraint } from '@comprimemelo/prisma/client/database-errors';
import { fromBytes, newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { User } from '@comprimemelo/prisma/generated/client';
import { outboxMessage } from '@comprimemelo/prisma/outbox/outbox';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, sends } from '@comprimemelo/service/http/openapi';
import { messageHeaders } from '@comprimemelo/service/http/request-context';
import { oneValue } from '@comprimemelo/service/input/one-value';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type, { type Static } from 'typebox';
import { toAccount, toRecipient } from '../accounts/account-view.js';
import { Email, NewPassword, PersonName, personNameAs, Username } from '../accounts/credentials.js';
import { formEncodings } from '../accounts/form-bodies.js';
import { preferredLanguage } from '../accounts/preferred-language.js';
import type { AuthDependencies } from '../dependencies.js';
import { refuseCommonPassword } from '../passwords/common-passwords.js';

const Body = Type.Object({
  username: Username,
  email: Email,
  password: NewPassword,
  passwordConfirmation: Type.Optional(Type.String()),
  firstName: Type.Optional(PersonName),
  lastName: Type.Optional(PersonName),
  first_name: Type.Optional(personNameAs('firstName')),
  last_name: Type.Optional(personNameAs('lastName')),
  language: Type.Optional(Language),
});
type Body = Static<typeof Body>;

const schema = {
  operationId: 'signUp',
  tags: ['Accounts'],
  summary: 'Sign up',
  description:
    'Creates an account and sends a welcome e-mail. E-mails are written in `language`; default: the first supported language in `Accept-Language`.',
  consumes: formEncodings,
  body: Body,
  response: {
    201: { ...ref(Account), ...sends('Location'), description: 'The new account' },
    ...problemResponses(
      'invalid-request',
      'email-taken',
      'username-taken',
      'weak-password',
      'too-many-attempts',
      'unavailable',
    ),
  },
};

const taken = (field: 'email' | 'username') =>
  new ProblemError(field === 'email' ? 'email-taken' : 'username-taken', {
    errors: [{ pointer: `/${field}`, detail: `\`${field}\` is taken.` }],
  });

/** Checks that need no database. */
function refuseBadPassword({ password, passwordConfirmation, username, email }: Body): void {
  if (passwordConfirmation !== undefined && passwordConfirmation !== password) {
    const errors = [
      {
        pointer: '/passwordConfirmation',
        detail: '`passwordConfirmation` must be the same as `password`.',
      },
    ];
    throw new ProblemError('invalid-request', { errors });
  }
  refuseCommonPassword(password, { pointer: '/password', names: [username, email] });
}

/** Avoids hashing if the name is obviously taken. The unique indexes have the final say. */
async function refuseTaken(db: AuthDependencies['db'], body: Body): Promise<void> {
  const { username, email } = body;
  const other = await db.prisma.user.findFirst({ where: { OR: [{ username }, { email }] } });
  if (other === null) return;
  throw taken(other.email.toLowerCase() === email.toLowerCase() ? 'email' : 'username');
}

/** Inserts the account and its welcome message in one transaction. */
async function insertUser(
  { prisma }: AuthDependencies['db'],
  user: User,
  headers: Record<string, string>,
): Promise<void> {
  const body: AccountCreated = {
    type: 'account.created',
    accountId: fromBytes(user.id),
    recipient: toRecipient(user),
  };
  const to = { exchange: exchanges.notifications, routingKey: body.type };
  const welcome = outboxMessage({ ...to, body, headers });
  try {
    await prisma.$transaction([
      prisma.user.create({ data: { ...user, id: Uint8Array.from(user.id) } }),
      prisma.outboxMessage.create({ data: welcome }),
    ]);
  } catch (error) {
    const index = uniqueConstraint(error);
    if (index === undefined) throw error;
    throw taken(index.includes('email') ? 'email' : 'username');
  }
}

export function signUp(app: App, { db, passwords, relay, throttles }: AuthDependencies): void {
  app.post('/api/auth/signup', { schema }, async (request, reply) => {
    const { body } = request;
    refuseBadPassword(body);
    const firstName = oneValue({ firstName: body.firstName, first_name: body.first_name });
    const lastName = oneValue({ lastName: body.lastName, last_name: body.last_name });
    const account = await passwords.admit(async () => {
      await throttles.signUps.take(request, reply);
      await refuseTaken(db, body);
      const user: User = {
        id: toBytes(newId()),
        username: body.username,
        email: body.email,
        passwordHash: await passwords.hash(body.password),
        firstName: firstName || null,
        lastName: lastName || null,
        language: body.language ?? preferredLanguage(request.headers['accept-language']),
        createdAt: new Date(),
      };
      await insertUser(db, user, messageHeaders(request));
      return toAccount(user);
    });
    relay.wake();
    return reply.code(201).header('location', '/api/auth/me').send(account);
  });
}
