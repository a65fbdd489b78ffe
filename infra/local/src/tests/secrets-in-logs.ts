import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What no log may hold, whoever used it: each is told by its form. */
const forms: Record<string, RegExp> = {
  'a token (JWT)': /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  'the secret of a webhook': /whsec_[A-Za-z0-9+/]{16,}/,
  'the hash of a password': /\$argon2id?\$/,
  // Tests begin the secrets that they use with this.
  'a marked secret': /marked-secret/,
  'the password of a test user': /correct horse battery/,
};

/**
 * Names every secret that a file of the directory holds: of those forms, and of these values by name. Never
 * shows one.
 */
export function findSecretsInLogs(
  directory: string,
  values: Readonly<Record<string, string>>,
): string[] {
  return readdirSync(directory).flatMap((file) => {
    const text = readFileSync(join(directory, file), 'utf8');
    const ofForm = Object.entries(forms).filter(([, form]) => form.test(text));
    const ofValue = Object.entries(values).filter(([, value]) => text.includes(value));
    return [...ofForm, ...ofValue].map(([name]) => `${file} contains ${name}`);
  });
}
