import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Launcher, SevenZip } from '../process/launcher.js';

/** libarchive 3.6.2 is what Debian 12 has, with the fixes of its security team. */
const oldestVersion = [3, 6, 2] as const;

const folders = ['/usr/bin', '/usr/local/bin', '/bin'];
const programs = ['bsdtar', 'bsdcat'];
/** Where its libraries are: the sandbox shows it these folders. */
const libraryFolders = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib'];

/** A program of this machine that reads archives, and what it needs to run. */
export interface Bsdtar extends SevenZip {
  readonly libraries: readonly string[];
  /** The program of the same package that decompresses single files. */
  readonly bsdcat: string;
}

/** The version in `bsdtar --version`; undefined if it is not bsdtar. */
export const versionOf = (said: string): string | undefined =>
  /^bsdtar (\d+\.\d+\.\d+)\b/.exec(said)?.[1];

function isOlder(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor, leastPatch] = oldestVersion;
  if (major !== leastMajor) return major < leastMajor;
  return minor === leastMinor ? patch < leastPatch : minor < leastMinor;
}

/** Finds bsdtar; undefined where the machine has none. Throws if it cannot run or is too old. */
export async function findBsdtar(launcher: Launcher): Promise<Bsdtar | undefined> {
  const folder = folders.find((one) => programs.every((name) => existsSync(`${one}/${name}`)));
  if (folder === undefined) return undefined;
  const [binary, bsdcat] = [`${folder}/bsdtar`, `${folder}/bsdcat`];
  const { stdout } = await promisify(execFile)(binary, ['--version']).catch((cause: unknown) => {
    throw new Error(`bsdtar cannot run: ${binary}`, { cause });
  });
  const version = versionOf(stdout);
  if (version === undefined) throw new Error(`this is no bsdtar: ${binary}`);
  if (isOlder(version)) {
    throw new Error(`bsdtar ${version} is too old: ${oldestVersion.join('.')} or newer is needed`);
  }
  return { binary, version, launcher, libraries: libraryFolders.filter(existsSync), bsdcat };
}
