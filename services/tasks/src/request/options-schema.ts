import { limits } from '@comprimemelo/contracts/limits';
import { TaskOptions } from '@comprimemelo/contracts/task';
import Type from 'typebox';

/** The password of an archive, as a client sends it; it is never shown again. */
export const RequestedPassword = Type.String({
  minLength: 1,
  maxLength: limits.passwordLength,
  writeOnly: true,
  description:
    'Opens the archives that decompress, convert and inspect read, and protects the archive that compress and ' +
    'convert write if its format supports passwords. No control characters. Stored encrypted, and deleted when ' +
    'the task finishes.',
});

/** Options as a client asks for them. Which of them go with what, planTask says. */
export const requestedOptions = {
  properties: { ...TaskOptions.properties, password: RequestedPassword },
  description:
    '`level` and `name` of the result, `password` (to write zip or 7z, or to read any archive), `encryptNames` (7z ' +
    'with a password), `paths` (compress), `entries` (decompress and convert), `nameEncoding` (decompress, convert and ' +
    'inspect)',
};

/** The options of a form, which stand there as text, and the fields beside them: to tell where one belongs. */
export const optionsOfForm = {
  properties: {
    format: {},
    operation: {},
    options: { properties: requestedOptions.properties, additionalProperties: false },
  },
};

const changedOption = (name: string) => ({
  description: `Same as \`${name}\` in createTask; null removes it`,
});

/** Options that may also stand beside `options`. */
export const optionsAlone = {
  level: TaskOptions.properties.level,
  name: TaskOptions.properties.name,
  password: Type.Optional(RequestedPassword),
};

/** The same for a change. */
export const changedAlone = {
  level: Type.Optional(Type.Unsafe<unknown>(changedOption('level'))),
  name: Type.Optional(Type.Unsafe<unknown>(changedOption('name'))),
  password: Type.Optional(Type.Unsafe<unknown>(changedOption('password'))),
};

/**
 * The same for a change: what is null is taken away, what is left out stays. Source: RFC 7396. Without types:
 * the validator would make null of an empty password.
 */
export const changedOptions = {
  properties: Object.fromEntries(
    Object.keys(requestedOptions.properties).map((name) => [name, changedOption(name)]),
  ),
  description:
    'Options that you omit keep their values if the new operation and format support them; null removes an option',
};
