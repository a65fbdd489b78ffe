import { open, readdir } from 'node:fs/promises';

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests by npm test`);
  return value;
}

/** The environment of a test's own child: ours, and what is added. */
export const childEnvironment = (added: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...added,
});

/** What `npm run fuzz` sets: how many requests are sent, and the seed of what is sent. */
export const fuzzSettings = () => ({
  runs: Number(process.env.FUZZ_REQUESTS || 1_500),
  seed: Number(process.env.FUZZ_SEED || 20_260_101),
});

/** The running system that npm test has started. */
export const testedSystem = () => ({
  origin: required('TEST_ORIGIN'),
  blobRoot: required('TEST_BLOB_ROOT'),
  scratchDir: required('TEST_SCRATCH_DIR'),
  mailDir: required('TEST_MAIL_DIR'),
  logDir: required('TEST_LOG_DIR'),
  storageUrl: required('TEST_STORAGE_URL'),
  /** Process ids by service. */
  pids: JSON.parse(required('TEST_SERVICE_PIDS')) as Record<string, number>,
});

/** Looked at again while folders go away during the look: jobs end meanwhile. */
async function entriesBelow(directory: string, looks = 50) {
  try {
    return await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (looks === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return entriesBelow(directory, looks - 1);
  }
}

/** Every file below a directory, as paths relative to it. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await entriesBelow(directory);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(directory.length + 1))
    .sort();
}

/** Enough to hold a tar's header and the start of its first file. */
const head = 4_096;

async function startsWith(path: string, marker: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(head), 0, head, 0);
  await file.close();
  return buffer.subarray(0, bytesRead).includes(marker);
}

/** The blobs that begin with this marker, as they are or in a tar: what is left of one test among others. */
export async function blobsHolding(blobRoot: string, marker: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of await filesBelow(blobRoot)) {
    if (await startsWith(`${blobRoot}/${path}`, marker)) found.push(path);
  }
  return found;
}
