import Type, { type Static } from 'typebox';
import { Id, Nullable, Sha256, Time } from './identifier.js';
import { fileKinds } from './states.js';

export const File = Type.Object(
  {
    id: Id,
    kind: Type.Enum(fileKinds, { description: 'Sent by you, or made by a task' }),
    name: Type.String({ examples: ['report.pdf'] }),
    path: Type.String({
      description: "The entry's path inside its archive, else the name",
      examples: ['report.pdf'],
    }),
    size: Type.Integer({ minimum: 0, description: 'Bytes', examples: [148_263] }),
    mediaType: Type.String({ examples: ['application/pdf'] }),
    sha256: Sha256,
    createdAt: Time,
    expiresAt: Nullable(Time, { examples: [null] }),
  },
  // Not `File`: in generated clients it would hide the File of browsers and Node.
  { $id: 'StoredFile', description: 'What you sent, or what a task made' },
);
export type File = Static<typeof File>;
