import type { Database } from '@comprimemelo/prisma/client/client';
import type { User } from '@comprimemelo/prisma/generated/client';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import Type from 'typebox';

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 254 }));

/** Both `username` and `email` accept either a user name or an e-mail address. */
export const loginNames = { username: Name, email: Name };

/** Those of the two that are given. Throws `invalid-request` where neither is. */
export function givenNames(body: { username?: string; email?: string }): [string, ...string[]] {
  const [name, ...others] = [body.username, body.email].filter((one) => one !== undefined);
  if (name !== undefined) return [name, ...others];
  const errors = [{ pointer: '/username', detail: '`username` is missing, and so is `email`.' }];
  throw new ProblemError('invalid-request', { errors });
}

const written = /^[\x21-\x7e]+$/;

const isNameOf = ({ username, email }: User, name: string): boolean =>
  [username, email].some((own) => own.toLowerCase() === name.toLowerCase());

/** The account that has all these user names and e-mail addresses, in any case of letters. */
export async function findAccount(
  db: Database,
  [name, ...others]: readonly [string, ...string[]],
): Promise<User | null> {
  // All names are printable ASCII, and the database collation would match `ádá ` with `ada`.
  if (!written.test(name)) return null;
  // A user name never contains an @, so one index lookup is enough.
  const where = name.includes('@') ? { email: name } : { username: name };
  const user = await db.prisma.user.findUnique({ where });
  return user !== null && others.every((other) => isNameOf(user, other)) ? user : null;
}
