import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BlobArea } from '@comprimemelo/contracts/blob-keys';
import { createServiceIdentity } from '@comprimemelo/service/identity/service-identity';
import { nodeFlags } from '@comprimemelo/service/process/node-flags';
import {
  createStorageClient,
  type StorageClient,
} from '@comprimemelo/storage-client/storage-client';

const program = fileURLToPath(
  new URL('../../../../services/storage/dist/src/main.js', import.meta.url),
);

type Caller = 'tasks' | 'files' | 'compressor';

/** A storage process of the test's own, on a directory of its own. */
export interface TestStorage {
  readonly url: string;
  readonly root: string;
  /** The secret of each caller, as STORAGE_KEY. */
  readonly keys: Record<Caller, string>;
  /** A client that shows itself as `caller`; closed by stop(). */
  client(caller?: Caller): StorageClient;
  /** The files below `folder` of the root: what storage keeps, or has left behind. */
  filesIn(folder: BlobArea | 'tmp'): Promise<string[]>;
  /** Resident memory in bytes (Linux): the most since it started, and now. */
  memory(): Promise<{ peak: number; now: number }>;
  /** Ends the process at once, as a crash does. */
  kill(): Promise<unknown>;
  /** Asks the process to end; resolves to its exit code when it has. */
  end(): Promise<number | null>;
  /** Starts it again on the same directory, port and keys. */
  restart(): Promise<void>;
  /** Ends everything and removes the directory. */
  stop(): Promise<void>;
}

async function listeningPort(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('storage has no output');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const port = /Server listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`storage did not start: ${said.join('\n')}`);
}

async function start(
  [file = '', ...args]: string[],
  env: Record<string, string>,
): Promise<[ChildProcess, number]> {
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  // A test that ends in the middle takes it along.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const port = await listeningPort(child);
  child.stdout?.resume();
  return [child, port];
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  return child.exitCode;
}

async function memoryOf(pid: number | undefined): Promise<{ peak: number; now: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1_024;
  return { peak: bytes('VmHWM'), now: bytes('VmRSS') };
}

/**
 * Starts the real storage service, as built, for a test. `env` adds to its environment; `within` gives
 * the words of a command to run it by, where it is not to run as it is.
 */
export async function testStorage(
  env: Record<string, string> = {},
  within: (root: string) => string[] = () => [],
): Promise<TestStorage> {
  const root = await mkdtemp(join(tmpdir(), 'storage-'));
  const secret = () => randomBytes(32).toString('base64url');
  const keys = { tasks: secret(), files: secret(), compressor: secret() };
  const STORAGE_KEYS = Object.entries(keys)
    .map((pair) => pair.join('='))
    .join();
  const command = [...within(root), process.execPath, ...nodeFlags, program];
  const settings = { BLOB_ROOT: root, STORAGE_KEYS, LOG_LEVEL: 'info', ...env };
  const clients: StorageClient[] = [];
  let [child, port] = await start(command, { ...settings, PORT: '0' });
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    root,
    keys,
    client(service = 'tasks') {
      const identity = createServiceIdentity({ service, audience: 'storage', key: keys[service] });
      const client = createStorageClient({ url, identity });
      clients.push(client);
      return client;
    },
    async filesIn(folder) {
      const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
      return found.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    },
    memory: () => memoryOf(child.pid),
    kill: () => end(child, 'SIGKILL'),
    end: () => end(child, 'SIGTERM'),
    async restart() {
      [child, port] = await start(command, { ...settings, PORT: String(port) });
    },
    async stop() {
      await Promise.all(clients.map((client) => client.close()));
      await end(child, 'SIGTERM');
      await rm(root, { recursive: true, force: true });
    },
  };
}
