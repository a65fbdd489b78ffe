import { readdir, readFile } from 'node:fs/promises';

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests by npm test`);
  return value;
}

/** The running system that npm test has started. */
export const testedSystem = () => ({
  origin: required('TEST_ORIGIN'),
  blobRoot: required('TEST_BLOB_ROOT'),
  scratchDir: required('TEST_SCRATCH_DIR'),
  mailDir: required('TEST_MAIL_DIR'),
  storageUrl: required('TEST_STORAGE_URL'),
  /** Process ids by service. */
  pids: JSON.parse(required('TEST_SERVICE_PIDS')) as Record<string, number>,
});

/** Every file below a directory, as paths relative to it. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(directory.length + 1))
    .sort();
}

/** The blobs whose first bytes are this marker: what is left of one test among others. */
export async function blobsHolding(blobRoot: string, marker: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of await filesBelow(blobRoot)) {
    const content = await readFile(`${blobRoot}/${path}`).catch(() => Buffer.alloc(0));
    if (content.includes(marker)) found.push(path);
  }
  return found;
}
