import { limits } from '@comprimemelo/contracts/limits';
import { seal } from '@comprimemelo/service/identity/sealed-box';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

// 7-Zip reads it as a line; half a surrogate pair has no UTF-8.
const unusable = /[\p{Cc}\p{Cs}]/u;

/** A password as a client gave it. Throws `invalid-request`, which never says what it was. */
export function readPassword(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  const length = typeof given === 'string' ? [...given].length : 0;
  if (typeof given === 'string' && length > 0 && length <= limits.passwordLength) {
    if (!unusable.test(given)) return given;
  }
  const detail = `\`password\` must be 1 to ${limits.passwordLength} characters without control characters.`;
  throw new ProblemError('invalid-request', { errors: [{ pointer: '/options/password', detail }] });
}

/** What a task's row keeps of its password until it ends. `key` is TASK_SECRETS_KEY. */
export const passwordColumns = (password: string | undefined, key: string) => ({
  sealedPassword: password === undefined ? null : new Uint8Array(seal(password, key)),
  hasPassword: password !== undefined,
});
