import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { dictionary } from '@zxcvbn-ts/language-common';

/** Minimum password length. Shorter passwords in the list are irrelevant. */
const shortest = 8;

// Lowercase passwords from leaks, the most common first.
const common = new Set(dictionary['passwords-common'].filter(({ length }) => length >= shortest));

/**
 * Throws `weak-password` if the password is a common one, or the user name or e-mail address of the account. Source:
 * NIST SP 800-63B, section 5.1.1.2.
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
