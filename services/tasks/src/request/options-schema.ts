import { limits } from '@comprimemelo/contracts/limits';
import { TaskOptions } from '@comprimemelo/contracts/task';
import Type from 'typebox';

/** The password of an archive, as a client sends it; it is never shown again. */
export const RequestedPassword = Type.String({
  minLength: 1,
  maxLength: limits.passwordLength,
  writeOnly: true,
  description:
    'Without control characters. Opens the archives that decompress, convert and inspect read; protects the ' +
    'archive that compress and convert write, where its format takes a password. Kept encrypted, and only ' +
    'until the task has ended.',
});

/** Options as a client asks for them. Which of them go with what, planTask says. */
export const requestedOptions = {
  properties: { ...TaskOptions.properties, password: RequestedPassword },
  description:
    '`level` and `name` of what is written, `password` (zip, 7z, and to read), `encryptNames` (7z with a ' +
    'password), `entries` (decompress and convert)',
};

/**
 * The same for a change: what is null is taken away, what is left out stays. Source: RFC 7396. Without types:
 * the validator would make null of an empty password.
 */
export const changedOptions = {
  properties: Object.fromEntries(
    Object.keys(requestedOptions.properties).map((name) => [
      name,
      { description: `As \`${name}\` of createTask; null takes it away` },
    ]),
  ),
  description:
    'What is left out stays as it was, where it goes with the new operation and format; null takes it away',
};
