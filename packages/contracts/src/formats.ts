/** An archive format. This table is the single source of what can be read and written, and under which names. */
export interface ArchiveFormat {
  /** File name extensions without the leading dot, the most common first. */
  readonly extensions: readonly string[];
  /** Other words that ask for it, where a client names a format; no file is named so. */
  readonly aliases: readonly string[];
  /** The media type of a file in this format. */
  readonly mediaType: string;
  /** False if the format can only be read. */
  readonly written: boolean;
  /** True if the format holds one file and at most its name: gz, bz2, xz, zst. */
  readonly singleFile: boolean;
  /** Options of createTask that writing this format supports, besides `entries`. */
  readonly options: readonly WritingOption[];
}

export type WritingOption = 'level' | 'name' | 'password' | 'encryptNames';

const written = {
  written: true,
  singleFile: false,
  options: ['level', 'name'],
  aliases: [],
} as const;
const stream = { ...written, singleFile: true } as const;
const readOnly = { ...written, written: false, options: [] } as const;

export const formats = {
  zip: {
    ...written,
    extensions: ['zip'],
    mediaType: 'application/zip',
    options: ['level', 'name', 'password'],
  },
  '7z': {
    ...written,
    extensions: ['7z'],
    aliases: ['z7', '7zip'],
    mediaType: 'application/x-7z-compressed',
    options: ['level', 'name', 'password', 'encryptNames'],
  },
  tar: { ...written, extensions: ['tar'], mediaType: 'application/x-tar', options: ['name'] },
  'tar.gz': {
    ...written,
    extensions: ['tar.gz', 'tgz'],
    aliases: ['tar.gzip'],
    mediaType: 'application/gzip',
  },
  'tar.bz2': {
    ...written,
    extensions: ['tar.bz2', 'tbz2', 'tbz'],
    aliases: ['tar.bz', 'tar.bzip', 'tar.bzip2'],
    mediaType: 'application/x-bzip2',
  },
  'tar.xz': { ...written, extensions: ['tar.xz', 'txz'], mediaType: 'application/x-xz' },
  gz: { ...stream, extensions: ['gz'], aliases: ['gzip'], mediaType: 'application/gzip' },
  bz2: {
    ...stream,
    extensions: ['bz2'],
    aliases: ['bz', 'bzip', 'bzip2'],
    mediaType: 'application/x-bzip2',
  },
  xz: { ...stream, extensions: ['xz'], mediaType: 'application/x-xz' },
  'tar.zst': { ...written, extensions: ['tar.zst', 'tzst'], mediaType: 'application/zstd' },
  zst: { ...stream, extensions: ['zst'], aliases: ['zstd'], mediaType: 'application/zstd' },
  'tar.lzma': {
    ...readOnly,
    extensions: ['tar.lzma', 'tlz'],
    mediaType: 'application/x-lzma',
  },
  lzma: { ...readOnly, extensions: ['lzma'], mediaType: 'application/x-lzma', singleFile: true },
  'tar.lz': { ...readOnly, extensions: ['tar.lz'], mediaType: 'application/lzip' },
  lz: { ...readOnly, extensions: ['lz'], mediaType: 'application/lzip', singleFile: true },
  'tar.lz4': { ...readOnly, extensions: ['tar.lz4', 'tlz4'], mediaType: 'application/x-lz4' },
  lz4: { ...readOnly, extensions: ['lz4'], mediaType: 'application/x-lz4', singleFile: true },
  'tar.Z': { ...readOnly, extensions: ['tar.z', 'taz'], mediaType: 'application/x-compress' },
  Z: { ...readOnly, extensions: ['z'], mediaType: 'application/x-compress', singleFile: true },
  rar: { ...readOnly, extensions: ['rar'], mediaType: 'application/vnd.rar' },
  cab: { ...readOnly, extensions: ['cab'], mediaType: 'application/vnd.ms-cab-compressed' },
  iso: { ...readOnly, extensions: ['iso'], mediaType: 'application/x-iso9660-image' },
  cpio: { ...readOnly, extensions: ['cpio'], mediaType: 'application/x-cpio' },
  ar: { ...readOnly, extensions: ['ar'], mediaType: 'application/x-archive' },
  deb: {
    ...readOnly,
    extensions: ['deb', 'udeb'],
    mediaType: 'application/vnd.debian.binary-package',
  },
  rpm: { ...readOnly, extensions: ['rpm'], mediaType: 'application/x-rpm' },
  arj: { ...readOnly, extensions: ['arj'], mediaType: 'application/x-arj' },
  lzh: { ...readOnly, extensions: ['lzh', 'lha'], mediaType: 'application/x-lzh-compressed' },
} as const satisfies Record<string, ArchiveFormat>;

/** Every format that can be read. */
export type ReadFormat = keyof typeof formats;

export type WrittenFormat = {
  [Name in ReadFormat]: (typeof formats)[Name]['written'] extends true ? Name : never;
}[ReadFormat];

export const readFormats = Object.keys(formats) as ReadFormat[];

export const isWritten = (name: ReadFormat): name is WrittenFormat => formats[name].written;

export const writtenFormats: readonly WrittenFormat[] = readFormats.filter(isWritten);

const ascii = /^[\x20-\x7e]*$/;

/**
 * Whether the format can be encrypted with this password. The encoding of zip passwords is undefined, so 7-Zip accepts
 * ASCII only.
 */
export const canEncrypt = (format: WrittenFormat, password: string): boolean =>
  format !== 'zip' || ascii.test(password);

/**
 * The format to write that a client's word names: in any case, with or without a leading dot, by any of its
 * extensions (`tgz` is `tar.gz`) or aliases (`bzip` is `bz2`). Undefined where nothing written has that name.
 */
export function parseFormat(word: string): WrittenFormat | undefined {
  const bare = word.trim().toLowerCase().replace(/^\./, '');
  return writtenFormats.find((name) => {
    const { extensions, aliases } = formats[name] as ArchiveFormat;
    return extensions.includes(bare) || aliases.includes(bare);
  });
}

/** The format that a file name suggests, longest extension first; undefined if there is none. */
export function formatOfName(fileName: string): ReadFormat | undefined {
  const lower = fileName.toLowerCase();
  const matches = readFormats
    .flatMap((name) => formats[name].extensions.map((extension) => ({ name, extension })))
    .filter(({ extension }) => lower.endsWith(`.${extension}`))
    .sort((a, b) => b.extension.length - a.extension.length);
  return matches[0]?.name;
}
