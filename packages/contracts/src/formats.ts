/** One row for each archive format: the one home of what is read, what is written and under which names. */
export interface ArchiveFormat {
  /** File name extensions without the leading dot, the usual one first. */
  readonly extensions: readonly string[];
  /** The media type of a file in this format. */
  readonly mediaType: string;
  readonly written: boolean;
  /** True where the format holds one file and no names: gz, bz2, xz. */
  readonly singleFile: boolean;
  /** Options of createTask that the format takes when it is written. */
  readonly options: readonly ('level' | 'name')[];
}

const written = { written: true, singleFile: false, options: ['level', 'name'] } as const;
const stream = { written: true, singleFile: true, options: ['level', 'name'] } as const;

export const formats = {
  zip: { ...written, extensions: ['zip'], mediaType: 'application/zip' },
  '7z': { ...written, extensions: ['7z'], mediaType: 'application/x-7z-compressed' },
  tar: { ...written, extensions: ['tar'], mediaType: 'application/x-tar', options: ['name'] },
  'tar.gz': { ...written, extensions: ['tar.gz', 'tgz'], mediaType: 'application/gzip' },
  'tar.bz2': {
    ...written,
    extensions: ['tar.bz2', 'tbz2', 'tbz'],
    mediaType: 'application/x-bzip2',
  },
  'tar.xz': { ...written, extensions: ['tar.xz', 'txz'], mediaType: 'application/x-xz' },
  gz: { ...stream, extensions: ['gz'], mediaType: 'application/gzip' },
  bz2: { ...stream, extensions: ['bz2'], mediaType: 'application/x-bzip2' },
  xz: { ...stream, extensions: ['xz'], mediaType: 'application/x-xz' },
} as const satisfies Record<string, ArchiveFormat>;

export type WrittenFormat = keyof typeof formats;

export const writtenFormats = Object.keys(formats) as WrittenFormat[];

/**
 * The format that a client's word names: in any case, with or without a leading dot, by any of its
 * extensions (`tgz` is `tar.gz`). Undefined where nothing written has that name.
 */
export function parseFormat(word: string): WrittenFormat | undefined {
  const bare = word.trim().toLowerCase().replace(/^\./, '');
  return writtenFormats.find((name) =>
    (formats[name].extensions as readonly string[]).includes(bare),
  );
}

/** The format that a file's name promises, longest extension first; undefined where it names none. */
export function formatOfName(fileName: string): WrittenFormat | undefined {
  const lower = fileName.toLowerCase();
  const matches = writtenFormats
    .flatMap((name) => formats[name].extensions.map((extension) => ({ name, extension })))
    .filter(({ extension }) => lower.endsWith(`.${extension}`))
    .sort((a, b) => b.extension.length - a.extension.length);
  return matches[0]?.name;
}
