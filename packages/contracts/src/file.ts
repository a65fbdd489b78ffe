import Type, { type Static } from 'typebox';
import { Id, Nullable, Time } from './identifier.js';
import { fileKinds } from './states.js';

export const File = Type.Object(
  {
    id: Id,
    kind: Type.Enum(fileKinds),
    name: Type.String(),
    path: Type.String({ description: "The entry's path inside its archive, else the name" }),
    size: Type.Integer({ minimum: 0, description: 'Bytes' }),
    mediaType: Type.String(),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    createdAt: Time,
    expiresAt: Nullable(Time),
  },
  { $id: 'File' },
);
export type File = Static<typeof File>;
