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
}

const methodOf = ({ level, threads }: PackSwitches): string[] => [
  ...(level === undefined ? [] : [`x=${level}`]),
  `mt=${threads}`,
];

/** Packs the working directory's contents, by their names on disk; percents on standard output. */
export const packArguments = (archive: string, switches: PackSwitches): string[] =>
  argumentsOf(
    Seven.add(archive, '.', {
      ...quiet,
      archiveType: switches.type,
      method: methodOf(switches),
      outputStreams: ['o0', 'e2', 'p1'],
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

export const listArguments = (archive: string, type: ContainerType): string[] =>
  argumentsOf(Seven.list(archive, { ...quiet, archiveType: type, techInfo: true }));

export const testArguments = (archive: string, type: ContainerType, threads: number): string[] =>
  argumentsOf(
    Seven.test(archive, {
      ...quiet,
      archiveType: type,
      method: [`mt=${threads}`],
      outputStreams: ['o0', 'e2', 'p0'],
    }),
  );

/** Extracts with paths into the folder; links are not made, a later entry of one path wins. */
export const extractArguments = (
  archive: string,
  folder: string,
  { type, threads }: { type: ContainerType; threads: number },
): string[] =>
  argumentsOf(
    Seven.extractFull(archive, folder, {
      ...quiet,
      archiveType: type,
      overwrite: 'a',
      method: [`mt=${threads}`],
      outputStreams: ['o0', 'e2', 'p1'],
      $raw: ['-snl-'],
    }),
  );

/** Unpacks a gz, bz2 or xz to standard output; percents on standard error. */
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
