import type { Account } from '@comprimemelo/contracts/account';
import type { User } from '@comprimemelo/prisma/generated/client';
import { fromBytes } from '@comprimemelo/prisma/identifiers';

/** An account as the API shows it. */
export const toAccount = (user: User): Account => ({
  id: fromBytes(user.id),
  username: user.username,
  email: user.email,
  firstName: user.firstName,
  lastName: user.lastName,
  createdAt: user.createdAt.toISOString(),
});
