import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { reaperInput } from './process-groups.js';
import { type Confined, type Sandbox, type SandboxName, sandboxes } from './sandbox.js';

/** Prefixes the command line of a process with the programs that confine it. */
export interface Launcher {
  readonly sandbox: SandboxName;
  /** The active protections, for people: logged at startup and shown by /readyz. */
  readonly protection: readonly string[];
  /** Why no stronger protection is active. */
  readonly missing: readonly string[];
  /** Program and arguments of a process that leads its group and can write to the reaper. */
  command(confined: Confined): [string, ...string[]];
}

/** The 7-Zip of this worker. */
export interface SevenZip {
  readonly binary: string;
  readonly version: string;
  readonly launcher: Launcher;
}

const programFolders = ['/usr/bin', '/bin', '/usr/local/bin'];
const everyName = sandboxes.map(({ name }) => name);

/**
 * Finds the strongest sandbox that works on this machine by starting the binary in each. `names` restricts the
 * choice. Throws if none works.
 */
export async function findLauncher(
  binary: string,
  names: readonly SandboxName[] = everyName,
): Promise<Launcher> {
  const missing: string[] = [];
  for (const sandbox of sandboxes.filter(({ name }) => names.includes(name))) {
    const launcher = createLauncher(sandbox, missing);
    const fault = sandbox.name === 'none' ? undefined : await faultOf(launcher, binary);
    if (fault === undefined) return launcher;
    missing.push(`${sandbox.name}: ${fault}`);
  }
  throw new Error(`7-Zip cannot be confined here as it has to be: ${missing.join('; ')}`);
}

function createLauncher(sandbox: Sandbox, missing: readonly string[]): Launcher {
  const found = sandbox.programs.map((name) => {
    const paths = programFolders.map((folder) => `${folder}/${name}`);
    return [name, paths.find(existsSync) ?? name] as const;
  });
  const programs = Object.fromEntries(found);
  return {
    sandbox: sandbox.name,
    protection: ['own process group', ...sandbox.protection],
    missing: [...missing],
    command(confined) {
      const [first = '', ...rest] = sandbox.command(programs, confined);
      return [first, ...rest];
    },
  };
}

/**
 * Why a sandbox does not work here; undefined if it does. The busybox versions of these programs lack features, and
 * kernels and containers forbid a lot.
 */
async function faultOf(launcher: Launcher, binary: string): Promise<string | undefined> {
  const access = { reads: [] };
  const [program, ...args] = launcher.command({ binary, args: [], cwd: '/', access, limits: {} });
  const child = spawn(program, args, {
    env: {},
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', reaperInput()],
  });
  if (!child.stderr) throw new Error('a trial has no error output');
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return code === 0 ? undefined : said.trim() || `exit code ${code}`;
}
