import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Launcher, SevenZip } from './launcher.js';

const folders = ['/usr/bin', '/usr/local/bin', '/bin'];
/** Where shared libraries are: the sandbox shows a program these folders. */
const libraryFolders = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib'];

/** A program of this machine that runs as 7-Zip does, and what it needs to run. */
export interface FoundProgram extends SevenZip {
  readonly libraries: readonly string[];
}

export interface WantedProgram {
  name: string;
  /** The option that makes it say its version. */
  option: string;
  /** The version in what it says then. */
  version: RegExp;
}

/** Finds a program; undefined where the machine has none. Throws if it cannot run, or is another one of that name. */
export async function findProgram(
  launcher: Launcher,
  { name, option, version: pattern }: WantedProgram,
): Promise<FoundProgram | undefined> {
  const binary = folders.map((folder) => `${folder}/${name}`).find(existsSync);
  if (binary === undefined) return undefined;
  const said = await promisify(execFile)(binary, [option]).catch((cause: unknown) => {
    throw new Error(`${name} cannot run: ${binary}`, { cause });
  });
  const version = pattern.exec(said.stdout + said.stderr)?.[1];
  if (version === undefined) throw new Error(`this is no ${name}: ${binary}`);
  return { binary, version, launcher, libraries: libraryFolders.filter(existsSync) };
}
