import type { ContainerType } from './container.js';

/**
 * One command line. Names stand behind `--`, where 7-Zip takes none for a switch or a list, and are the worker's,
 * never a user's. At log level 0 no entry is named, so that nothing grows with their number.
 */
const commandLine = (
  command: 'a' | 'l' | 't' | 'x',
  type: ContainerType,
  switches: readonly string[],
  names: readonly string[],
): string[] => [command, `-t${type}`, '-y', '-bb0', ...switches, '--', ...names];

/** Errors go to standard error; where words and percents go: to no stream (0), standard output (1) or error (2). */
const streams = (words: 0 | 2, percents: 0 | 1 | 2) => [`-bso${words}`, '-bse2', `-bsp${percents}`];

export interface PackSwitches {
  type: ContainerType;
  /** For `-mx=`. */
  level?: number;
  /** For `-mfb=`; default: that of the level. */
  matchBytes?: number;
  threads: number;
  /** LZMA dictionary size in bytes; default: that of the level. 7-Zip cannot fit it to piped input. */
  dictionary?: number;
  /** 7-Zip prompts for the password on standard input. */
  encrypted?: boolean;
  /** Encrypts the names too (7z). */
  encryptNames?: boolean;
}

const secrecyOf = ({ type, encrypted, encryptNames }: PackSwitches): string[] => [
  ...(encrypted && type === 'zip' ? ['-mem=AES256'] : []),
  ...(encrypted && encryptNames ? ['-mhe=on'] : []),
];

const methodOf = (switches: PackSwitches): string[] => {
  const { level, matchBytes, threads, dictionary } = switches;
  return [
    ...(level === undefined ? [] : [`-mx=${level}`]),
    ...(matchBytes === undefined ? [] : [`-mfb=${matchBytes}`]),
    `-mmt=${threads}`,
    ...(dictionary === undefined ? [] : [`-md=${dictionary}b`]),
    ...secrecyOf(switches),
  ];
};

/** Packs the working directory's contents, by their names on disk; percents on standard output. */
export function packArguments(archive: string, switches: PackSwitches): string[] {
  const password = switches.encrypted ? ['-p'] : [];
  const all = [...methodOf(switches), ...streams(0, 1), ...password];
  return commandLine('a', switches.type, all, [archive, '.']);
}

/** Packs standard input without a name. */
export const packInputArguments = (archive: string, switches: PackSwitches): string[] =>
  commandLine('a', switches.type, [...methodOf(switches), ...streams(0, 0), '-si'], [archive]);

/** Lists the entries, without information about the archive itself. */
export const listArguments = (archive: string, type: ContainerType): string[] =>
  commandLine('l', type, ['-slt', '-ba'], [archive]);

export const testArguments = (archive: string, type: ContainerType, threads: number): string[] =>
  commandLine('t', type, [`-mmt=${threads}`, ...streams(0, 0)], [archive]);

/** Opens an archive and tests none of its entries, so that all that is said is of the archive. */
export const openArguments = (archive: string, type: ContainerType): string[] =>
  commandLine('t', type, [...streams(0, 0), '-xr!*'], [archive]);

export interface ExtractSwitches {
  type: ContainerType;
  threads: number;
  /** Files with one path per line: `only` those to extract, `leftOut` those to skip. */
  lists: { only?: string; leftOut?: string };
}

/** Names are bytes, not patterns: `-scsWIN` reads them unchanged, while `-scsUTF-8` rejects invalid UTF-8. */
const selecting = ({ only, leftOut }: ExtractSwitches['lists']): string[] => [
  '-spd',
  '-scsWIN',
  ...(only === undefined ? [] : [`-i@${only}`]),
  ...(leftOut === undefined ? [] : [`-x@${leftOut}`]),
];

/** Writes the contents of the entries to standard output, one behind the other in the order of the list. */
export function contentsArguments(
  archive: string,
  { type, threads, lists }: ExtractSwitches,
): string[] {
  const switches = ['-so', `-mmt=${threads}`, ...streams(0, 0), ...selecting(lists)];
  return commandLine('x', type, switches, [archive]);
}

/** Decompresses a single-file container to standard output; progress on standard error. */
export const unwrapArguments = (archive: string, type: ContainerType, threads: number): string[] =>
  commandLine('x', type, ['-so', `-mmt=${threads}`, ...streams(0, 2)], [archive]);
