import Type from 'typebox';

/** A UUIDv7 in its canonical form (RFC 9562): one spelling, so that texts can be compared. */
export const Id = Type.String({
  format: 'uuid',
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  description: 'UUIDv7',
  examples: ['0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11'],
});

export const IdParams = Type.Object({ id: Id });

export const Time = Type.String({
  format: 'date-time',
  description: 'RFC 3339, UTC',
  examples: ['2026-01-31T12:00:00.000Z'],
});

export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
