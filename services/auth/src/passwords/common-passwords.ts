import { ProblemError } from '@comprimemelo/service/http/problem-error';
import { dictionary } from '@zxcvbn-ts/language-common';

/** Characters of the shortest password that is taken: shorter ones of the list need no look. */
const shortest = 8;

// In lower case, most used first: what leaks have shown people to choose.
const common = new Set(dictionary['passwords-common'].filter(({ length }) => length >= shortest));

/**
 * Throws `weak-password` where the password is among those that are tried first, or is the account's own
 * name or address. Source: NIST SP 800-63B, section 5.1.1.2.
 */
export function refuseCommonPassword(
  password: string,
  { pointer, names }: { pointer: string; names: string[] },
): void {
  const lowered = password.toLowerCase();
  const isName = names.some((name) => name.toLowerCase() === lowered);
  if (!isName && !common.has(lowered)) return;
  const field = `\`${pointer.slice(1)}\``;
  const detail = isName
    ? `${field} must not be the name of the account.`
    : `${field} is one of the passwords that are tried first.`;
  throw new ProblemError('weak-password', { errors: [{ pointer, detail }] });
}
