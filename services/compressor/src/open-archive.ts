import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatOfName } from '@comprimemelo/contracts/formats';
import { archiveBaseName } from './archive-base-name.js';
import { checkDeclared } from './check-listing.js';
import { fileNameOf } from './input-names.js';
import {
  listInput,
  type OpenArchive,
  openContainer,
  orReadFailure,
  type TypedInput,
  unpackOptions,
} from './open-container.js';
import type { Report } from './progress.js';
import type { LocalInput, RunningJob } from './running-job.js';
import type { ListedEntry } from './seven-zip/listing.js';
import { unwrap } from './seven-zip/unpack.js';
import { sniffContainer } from './sniff-format.js';
import { TaskFailure } from './task-failure.js';

/**
 * Opens an input by its content. What wraps a tar or a single file is unpacked within its limits on the
 * way, since its entries stand inside. Throws a TaskFailure: `unsupported-archive`, `archive-corrupt`,
 * `archive-too-large`, `archive-too-demanding`, `password-required`.
 */
export async function openArchive(
  running: RunningJob,
  input: LocalInput,
  report: Report,
): Promise<OpenArchive> {
  const type = await sniffContainer(input.location);
  if (type === undefined) throw unreadable(input);
  const isWrapper = type === 'gzip' || type === 'bzip2' || type === 'xz';
  return isWrapper
    ? openWrapped(running, { ...input, type }, report)
    : openContainer(running, { ...input, type }, report);
}

/** Content that no mark shows: damaged where the name promises an archive, else of another kind. */
function unreadable({ name, size }: LocalInput): TaskFailure {
  const promised = size === 0 || formatOfName(name) !== undefined;
  return new TaskFailure(promised ? 'archive-corrupt' : 'unsupported-archive', {
    detail: `${name} does not begin as an archive that is read here.`,
  });
}

async function openWrapped(
  running: RunningJob,
  input: TypedInput,
  report: Report,
): Promise<OpenArchive> {
  const declared = await listInput(running, input);
  // A gzip declares modulo 2^32, in its last bytes: of a damaged one they say anything.
  if (input.type !== 'gzip') checkDeclared(declared, input.size);
  const file = join(running.directory, `unwrapped-${randomUUID()}`);
  const options = unpackOptions(running, input, (done) => report(done / 2));
  await unwrap(running.sevenZip, { archive: input.location, file }, options).catch(orReadFailure);
  const close = () => rm(file, { force: true });
  if ((await sniffContainer(file)) === 'tar') {
    const tar = { ...input, location: file, type: 'tar' as const };
    return { ...(await openContainer(running, tar, (done) => report(0.5 + done / 2))), close };
  }
  const path = fileNameOf(archiveBaseName(input.name));
  return {
    entries: [entryOf(path, (await stat(file)).size)],
    extractTo: (folder) => rename(file, join(folder, path)),
    close,
  };
}

/** A file that its wrapper gives no name. */
const entryOf = (path: string, size: number): ListedEntry => ({
  path,
  size,
  packedSize: undefined,
  kind: 'file',
  encrypted: false,
  dictionaryBytes: 0,
});
