import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { dictionary } from '@zxcvbn-ts/language-common';

/** Minimum password length. Shorter passwords in the list are irrelevant. */
const shortest = 8;

// Lowercase passwords from leaks, the most common first.
const common = new Set(dictionary['passwords-common'].filter(({ length }) => length >= shortest));

/** The name of this service, which is tried first here, as nowhere else. */
const service = 'comprimemelo';

/** Why the password is refused; undefined if it is not. */
function weakness(password: string, names: string[]): string | undefined {
  const lowered = password.toLowerCase();
  if (names.some((name) => name.toLowerCase() === lowered))
    return 'must not be the name of the account';
  if (password.trim() === '') return 'must not consist of blanks alone';
  if (lowered.replace(/[^a-z]/g, '') === service) return 'must not be the name of this service';
  if (common.has(lowered)) return 'is one of the passwords that are tried first';
  return undefined;
}

/**
 * Throws `weak-password` if the password is a common one, blank, the name of this service with whatever digits, or the
 * user name or e-mail address of the account. Source: NIST SP 800-63B, section 5.1.1.2.
 */
export function refuseCommonPassword(
  password: string,
  { pointer, names }: { pointer: string; names: string[] },
): void {
  const reason = weakness(password, names);
  if (reason === undefined) return;
  const detail = `\`${pointer.slice(1)}\` ${reason}.`;
  throw new ProblemError('weak-password', { errors: [{ pointer, detail }] });
}
