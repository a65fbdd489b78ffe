import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { childEnvironment, filesBelow } from '../config.js';

const run = promisify(execFile);
const env = childEnvironment({ LC_ALL: 'C.UTF-8' });

/** How a program that is not 7-Zip unpacks an archive into a directory. */
const unpackers: Record<string, (archive: string, into: string) => [string, ...string[]]> = {
  zip: (archive, into) => ['unzip', '-q', '-o', archive, '-d', into],
  '7z': (archive, into) => ['bsdtar', '-xf', archive, '-C', into],
  tar: (archive, into) => ['tar', '-xf', archive, '-C', into],
  'tar.gz': (archive, into) => ['tar', '-xzf', archive, '-C', into],
  'tar.bz2': (archive, into) => ['tar', '-xjf', archive, '-C', into],
  'tar.xz': (archive, into) => ['tar', '-xJf', archive, '-C', into],
  'tar.zst': (archive, into) => ['bsdtar', '-xf', archive, '-C', into],
  zst: (archive, into) => [
    ...(['sh', '-c', 'bsdcat "$1" > "$2"', 'sh', archive] as const),
    join(into, basename(archive, '.zst')),
  ],
};

/** The programs that write the single file of a stream format in the place of the compressed one. */
const inPlace: Record<string, string> = { gz: 'gzip', bz2: 'bzip2', xz: 'xz' };

function bytesOf(source: string | Blob | Response): Readable {
  if (typeof source === 'string') return createReadStream(source);
  const stream = source instanceof Blob ? source.stream() : source.body;
  if (stream === null) throw new Error('the answer has no body');
  return Readable.fromWeb(stream);
}

/** Of a file by its path, of a Blob, or of an answer's body. */
export async function sha256Of(source: string | Blob | Response): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(bytesOf(source), hash);
  return hash.digest('hex');
}

/** A directory that goes with the test. */
export async function scratch(t: Test): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'e2e-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a download to a file of that directory. */
export async function save(response: Response, directory: string, name: string): Promise<string> {
  if (!response.ok || response.body === null) throw new Error(`download: ${response.status}`);
  const path = join(directory, name);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
  return path;
}

/** The SHA-256 of every file in an archive by its path, as a reader that is not 7-Zip sees it. */
export async function readArchive(format: string, path: string): Promise<Map<string, string>> {
  const into = `${path}.d`;
  await mkdir(into);
  const unpacker = unpackers[format];
  const alone = inPlace[format];
  if (unpacker === undefined && alone === undefined) throw new Error(`no reader of ${format}`);
  if (unpacker !== undefined) {
    const [program, ...args] = unpacker(path, into);
    await run(program, args, { env });
  } else if (alone !== undefined) {
    await run('cp', [path, into]);
    await run(alone, ['-d', join(into, basename(path))]);
  }
  const found = new Map<string, string>();
  for (const file of await filesBelow(into)) found.set(file, await sha256Of(join(into, file)));
  await rm(into, { recursive: true });
  return found;
}
