import type { Account } from '@comprimemelo/contracts/account';
import type { Recipient } from '@comprimemelo/contracts/messages';
import { fromBytes } from '@comprimemelo/prisma/client/identifiers';
import type { User } from '@comprimemelo/prisma/generated/client';

/** An account as the API shows it. */
export const toAccount = (user: User): Account => ({
  id: fromBytes(user.id),
  username: user.username,
  email: user.email,
  firstName: user.firstName,
  lastName: user.lastName,
  language: user.language,
  createdAt: user.createdAt.toISOString(),
});

/** The recipient of the e-mails of an account. */
export const toRecipient = (
  user: Pick<User, 'firstName' | 'username' | 'email' | 'language'>,
): Recipient => ({
  name: user.firstName ?? user.username,
  email: user.email,
  language: user.language,
});
