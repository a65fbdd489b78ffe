import Seven, { type SevenZipOptions, type ZipStream } from 'node-7z';
import type { ContainerType } from './container.js';

/**
 * Where 7-Zip's words go: none but errors (on standard error) and, where they are wanted, the percents.
 * At log level 0 no entry is named, so that nothing grows with their number.
 */
const quiet: SevenZipOptions = { $defer: true, yes: true, logLevel: '0' };

/** node-7z builds the arguments and starts nothing. Names in them are the worker's, never a user's. */
function argumentsOf(deferred: ZipStream): string[] {
  return (deferred as unknown as { _args: string[] })._args;
}

export interface PackSwitches {
  type: ContainerType;
  /** For `-mx=`. */
  level?: number;
  threads: number;
  /** Bytes of LZMA's dictionary; absent: the level's. 7-Zip cannot fit it to an input that it gets by a pipe. */
  dictionary?: number;
  /** 7-Zip asks for the password on standard input. */
  encrypted?: boolean;
  /** 7z: the names, too. */
  encryptNames?: boolean;
}

const secrecyOf = ({ type, encrypted, encryptNames }: PackSwitches): string[] => [
  ...(encrypted && type === 'zip' ? ['em=AES256'] : []),
  ...(encrypted && encryptNames ? ['he=on'] : []),
];

const methodOf = (switches: PackSwitches): string[] => {
  const { level, threads, dictionary } = switches;
  return [
    ...(level === undefined ? [] : [`x=${level}`]),
    `mt=${threads}`,
    ...(dictionary === undefined ? [] : [`d=${dictionary}b`]),
    ...secrecyOf(switches),
  ];
};

/** Packs the working directory's contents, by their names on disk; percents on standard output. */
export const packArguments = (archive: string, switches: PackSwitches): string[] =>
  argumentsOf(
    Seven.add(archive, '.', {
      ...quiet,
      archiveType: switches.type,
      method: methodOf(switches),
      outputStreams: ['o0', 'e2', 'p1'],
      $raw: switches.encrypted ? ['-p'] : [],
    }),
  );

/** Packs the same into a tar on standard output; percents and a summary on standard error. */
export const tarArguments = (): string[] =>
  argumentsOf(
    Seven.add('archive.tar', '.', {
      ...quiet,
      archiveType: 'tar',
      toStdout: true,
      outputStreams: ['o2', 'e2', 'p2'],
    }),
  );

/** Packs standard input, without a name. */
export const packInputArguments = (archive: string, switches: PackSwitches): string[] =>
  argumentsOf(
    Seven.add(archive, [], {
      ...quiet,
      archiveType: switches.type,
      method: methodOf(switches),
      outputStreams: ['o0', 'e2', 'p0'],
      $raw: ['-si'],
    }),
  );

/** Lists the entries and nothing of the archive itself. */
export const listArguments = (archive: string, type: ContainerType): string[] =>
  argumentsOf(Seven.list(archive, { ...quiet, archiveType: type, techInfo: true, $raw: ['-ba'] }));

export const testArguments = (archive: string, type: ContainerType, threads: number): string[] =>
  argumentsOf(
    Seven.test(archive, {
      ...quiet,
      archiveType: type,
      method: [`mt=${threads}`],
      outputStreams: ['o0', 'e2', 'p0'],
    }),
  );

export interface ExtractSwitches {
  type: ContainerType;
  threads: number;
  /** Files that name paths, a line each: those to extract alone, and those to leave out. */
  lists: { only?: string; leftOut?: string };
}

/** Names are bytes and no patterns: `-scsWIN` takes them as they are, `-scsUTF-8` refuses what is no text. */
const selecting = ({ only, leftOut }: ExtractSwitches['lists']): string[] => [
  '-spd',
  '-scsWIN',
  ...(only === undefined ? [] : [`-i@${only}`]),
  ...(leftOut === undefined ? [] : [`-x@${leftOut}`]),
];

/** Extracts with paths into the folder; symbolic links are not made, a later entry of one path wins. */
export const extractArguments = (
  archive: string,
  folder: string,
  { type, threads, lists }: ExtractSwitches,
): string[] =>
  argumentsOf(
    Seven.extractFull(archive, folder, {
      ...quiet,
      archiveType: type,
      overwrite: 'a',
      method: [`mt=${threads}`],
      outputStreams: ['o0', 'e2', 'p1'],
      $raw: ['-snl-', ...selecting(lists)],
    }),
  );

/** Unpacks what wraps one file to standard output; percents on standard error. */
export const unwrapArguments = (archive: string, type: ContainerType, threads: number): string[] =>
  argumentsOf(
    Seven.extractFull(archive, '', {
      ...quiet,
      archiveType: type,
      toStdout: true,
      method: [`mt=${threads}`],
      outputStreams: ['o0', 'e2', 'p2'],
    }),
  );
