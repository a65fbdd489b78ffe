import type { Database } from '@comprimemelo/prisma/client/client';
import type { User } from '@comprimemelo/prisma/generated/client';
import { ProblemError } from '@comprimemelo/service/http/problem-error';
import { oneValue } from '@comprimemelo/service/input/one-value';
import Type from 'typebox';

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 254 }));

/** `username` and `email` each take either a user name or an e-mail address. */
export const loginNames = { username: Name, email: Name };

/** The one of the two that is given. Throws `invalid-request` where neither is, or both are and differ. */
export function givenName(body: { username?: string; email?: string }): string {
  const name = oneValue({ username: body.username, email: body.email });
  if (name !== undefined) return name;
  const errors = [{ pointer: '/username', detail: '`username` is missing, and so is `email`.' }];
  throw new ProblemError('invalid-request', { errors });
}

const written = /^[\x21-\x7e]+$/;

/** The account of a user name or an e-mail address, in any case of letters. */
export async function findAccount(db: Database, name: string): Promise<User | null> {
  // No account has another name, and the database would take `ádá ` for `ada`.
  if (!written.test(name)) return null;
  // A user name never holds an @, so one index answers.
  const where = name.includes('@') ? { email: name } : { username: name };
  return db.prisma.user.findUnique({ where });
}
