import Type, { type Static } from 'typebox';
import { RawPath } from './archive.js';
import { Id, Nullable, Sha256, Time } from './identifier.js';
import { fileKinds } from './states.js';

export const File = Type.Object(
  {
    id: Id,
    kind: Type.Enum(fileKinds, { description: 'Uploaded by you, or produced by a task' }),
    name: Type.String({ examples: ['report.pdf'] }),
    path: Type.String({
      description:
        'Path that the file was uploaded with, or path inside the archive that it was extracted from; default: the name',
      examples: ['report.pdf'],
    }),
    rawPath: RawPath,
    modified: Nullable(Time, {
      description: 'When the content last changed, as the uploader said; null if unknown',
      examples: [null],
    }),
    size: Type.Integer({ minimum: 0, description: 'Bytes', examples: [148_263] }),
    mediaType: Type.String({ examples: ['application/pdf'] }),
    sha256: Sha256,
    createdAt: Time,
    expiresAt: Nullable(Time, { examples: [null] }),
  },
  // Not `File`: in generated clients it would hide the File of browsers and Node.
  { $id: 'StoredFile', description: 'A file that you uploaded or that a task produced' },
);
export type File = Static<typeof File>;
