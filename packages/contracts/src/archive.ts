import Type, { type Static } from 'typebox';
import { Nullable, Time } from './identifier.js';

/** `special` is a device, a socket or a pipe. */
export const entryKinds = ['file', 'directory', 'link', 'special'] as const;
export type EntryKind = (typeof entryKinds)[number];

/**
 * What is dangerous about an entry. `traversal` ends the task; absolute paths are made relative; links and special entries
 * are left out, as the report says; names of the others stay as they are.
 */
export const entryDangers = [
  'traversal',
  'absolute',
  'control-character',
  'reserved-name',
  'long-name',
  'link',
  'special',
] as const;
export type EntryDanger = (typeof entryDangers)[number];

/** The bytes of a name that is not UTF-8, in base64 (RFC 4648, section 4). Left out elsewhere: there the path has them. */
export const RawPath = Type.Optional(
  Type.String({
    pattern: '^[A-Za-z0-9+/]+={0,2}$',
    description:
      'The bytes of the path as the archive has them, in base64; only where they are not UTF-8',
  }),
);

/** One entry of an archive, as the archive declares it. */
export const ArchiveEntry = Type.Object(
  {
    path: Type.String({
      description:
        'Path inside the archive. Names that are not UTF-8 are read in `nameEncoding`; a byte that it does not have ' +
        'is shown as `%` and two hexadecimal digits',
      examples: ['photos/beach.jpg'],
    }),
    rawPath: RawPath,
    kind: Type.Enum(entryKinds),
    size: Nullable(
      Type.Integer({
        minimum: 0,
        description: 'Uncompressed size in bytes; null if the archive does not declare it',
        examples: [2_097_152],
      }),
    ),
    packedSize: Nullable(
      Type.Integer({
        minimum: 0,
        description: 'Compressed size in bytes; null if the entry shares a block with others',
        examples: [2_031_616],
      }),
    ),
    modified: Nullable(Time),
    encrypted: Type.Boolean({ examples: [false] }),
    danger: Nullable(Type.Enum(entryDangers), { examples: [null] }),
  },
  { $id: 'ArchiveEntry' },
);
export type ArchiveEntry = Static<typeof ArchiveEntry>;

/** What an inspection found: kept with the file. */
export const ArchiveSummary = Type.Object(
  {
    format: Type.String({
      description: 'One of the formats in listFormats, detected from the content',
      examples: ['zip'],
    }),
    entries: Type.Integer({ minimum: 0, examples: [1] }),
    size: Type.Integer({
      minimum: 0,
      description: 'Total declared size of all entries in bytes',
      examples: [2_097_152],
    }),
    packedSize: Type.Integer({
      minimum: 0,
      description: 'Size of the archive itself in bytes',
      examples: [2_031_764],
    }),
    ratio: Type.Number({
      minimum: 0,
      description: '`size` divided by `packedSize`',
      examples: [1.03],
    }),
    encrypted: Type.Boolean({
      description: 'At least one entry needs a password',
      examples: [false],
    }),
    passwordRequired: Type.Boolean({
      description: 'Even listing the entries needs a password',
      examples: [false],
    }),
    dangers: Type.Array(
      Type.Object({ danger: Type.Enum(entryDangers), count: Type.Integer({ minimum: 1 }) }),
      { examples: [[]] },
    ),
    nameEncoding: Type.Optional(
      Nullable(
        Type.String({
          description:
            'Encoding that entry names were read in, one of `nameEncodings` in listFormats; null if all of them are ' +
            'UTF-8. Absent in inspections of older versions',
          examples: ['cp437'],
        }),
        { examples: [null] },
      ),
    ),
    nameConfidence: Type.Optional(
      Nullable(
        Type.Number({
          minimum: 0,
          maximum: 1,
          description:
            'How sure `nameEncoding` is: 1 if you said it, less if it was found by the names, 0.5 if it is only the ' +
            'usual one of the format; null if there is none',
          examples: [0.95],
        }),
        { examples: [null] },
      ),
    ),
    refused: Nullable(
      Type.String({
        description:
          'Problem type that decompress and convert would fail with; null if they would not fail',
      }),
      { examples: [null] },
    ),
    refusedDetail: Type.Optional(
      Nullable(
        Type.String({
          description:
            'What that problem would say, such as the names of missing parts; null if it would say nothing more. ' +
            'Absent in inspections of older versions',
        }),
        { examples: [null] },
      ),
    ),
  },
  { $id: 'ArchiveSummary' },
);
export type ArchiveSummary = Static<typeof ArchiveSummary>;

/** What a result does not have of its input. */
export const losses = [
  'links',
  'special-files',
  'modes',
  'names',
  'times',
  'directories',
  'encryption',
  'attributes',
  'comments',
  'other-data',
] as const;
export type Loss = (typeof losses)[number];

/** One line of a task's report: what was left out or changed, and where. */
export const ReportLine = Type.Object(
  {
    lost: Type.Enum(losses),
    detail: Type.String(),
    count: Type.Integer({ minimum: 1, description: 'Number of entries affected' }),
    entries: Type.Array(Type.String(), { description: 'Paths of the first affected entries' }),
  },
  { $id: 'ReportLine' },
);
export type ReportLine = Static<typeof ReportLine>;
