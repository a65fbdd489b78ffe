import Type from 'typebox';

/** A UUIDv7 in canonical form (RFC 9562), so that ids can be compared as text. */
export const Id = Type.String({
  format: 'uuid',
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  description: 'UUIDv7',
  examples: ['0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11'],
});

export const IdParams = Type.Object({ id: Id });

export const Time = Type.String({
  format: 'date-time',
  description: 'RFC 3339 date and time in UTC',
  examples: ['2026-01-31T12:00:00.000Z'],
});

/** A SHA-256 in lower-case hexadecimal digits. */
export const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 of the content in lowercase hexadecimal',
  examples: ['2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'],
});

export const Nullable = <T extends Type.TSchema>(schema: T, options: Type.TSchemaOptions = {}) =>
  Type.Union([schema, Type.Null()], options);
