import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FoundProgram, findProgram } from '../process/find-program.js';
import type { Launcher } from '../process/launcher.js';

/** libarchive 3.6.2 is what Debian 12 has, with the fixes of its security team. */
const oldestVersion = [3, 6, 2] as const;

/** A program of this machine that reads archives. */
export interface Bsdtar extends FoundProgram {
  /** The program of the same package that decompresses single files. */
  readonly bsdcat: string;
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor, leastPatch] = oldestVersion;
  if (major !== leastMajor) return major < leastMajor;
  return minor === leastMinor ? patch < leastPatch : minor < leastMinor;
}

/** Finds bsdtar; undefined where the machine has none, or no bsdcat beside it. Throws if it cannot run or is too old. */
export async function findBsdtar(launcher: Launcher): Promise<Bsdtar | undefined> {
  const found = await findProgram(launcher, {
    ...{ name: 'bsdtar', option: '--version' },
    version: /^bsdtar (\d+\.\d+\.\d+)\b/,
  });
  if (found === undefined) return undefined;
  const { binary, version } = found;
  if (isOlder(version)) {
    throw new Error(`bsdtar ${version} is too old: ${oldestVersion.join('.')} or newer is needed`);
  }
  const bsdcat = join(dirname(binary), 'bsdcat');
  return existsSync(bsdcat) ? { ...found, bsdcat } : undefined;
}
