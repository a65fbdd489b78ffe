import Type from 'typebox';

export const Username = Type.String({
  pattern: '^[A-Za-z0-9._-]{3,40}$',
  description: '3 to 40 letters, digits, dots, underscores and hyphens',
  examples: ['grace'],
});

export const Email = Type.String({
  format: 'email',
  maxLength: 254,
  examples: ['grace@example.com'],
});

const nameForm = 'At most 100 characters, no control characters';
const namePattern = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$';

/** Used in e-mail headers, so control characters are not allowed. The pattern works in every language. */
export const PersonName = Type.String({
  maxLength: 100,
  pattern: namePattern,
  description: nameForm,
});

/** The same under the name that the predecessor's clients send. */
export const personNameAs = (name: string) =>
  Type.String({
    maxLength: 100,
    pattern: namePattern,
    deprecated: true,
    description: `${nameForm}; the same as \`${name}\``,
  });

/** Any characters: no composition rules (NIST SP 800-63B, section 5.1.1.2). */
export const NewPassword = Type.String({
  minLength: 8,
  maxLength: 128,
  examples: ['correct horse battery staple'],
});

/** A password to check. A longer one cannot be right, so it is rejected before hashing. */
export const Password = Type.String({ minLength: 1, maxLength: 128 });

const refreshToken = { refresh_token: Type.String({ minLength: 1, maxLength: 256 }) };
export const RefreshTokenBody = Type.Object(refreshToken);

export const LogOutBody = Type.Object({
  ...refreshToken,
  everywhere: Type.Optional(
    Type.Boolean({ description: 'Ends every session of the account, not this one alone' }),
  ),
});
