import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { formatOfName, type ReadFormat } from '@comprimemelo/contracts/formats';
import { endsWithMember } from '../detect/ar-end.js';
import { isArjVolume } from '../detect/arj-volume.js';
import { type Content, sniffContent } from '../detect/detect-format.js';
import { isEmptyTar } from '../detect/empty-tar.js';
import { findPrefixed } from '../detect/prefixed-archive.js';
import type { ContentType } from '../engines/seven-zip/container.js';
import type { OnProgress } from '../job/progress.js';
import type { LocalInput, RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import { fileNameOf } from '../transfer/input-names.js';
import type { ArchiveInput } from '../volumes/archive-input.js';
import { archiveBaseName } from './archive-base-name.js';
import type { OpenArchive } from './archive-part.js';
import { filePart, prefixNote } from './archive-part.js';
import { readBehindZip } from './behind-zip.js';
import { containerPart } from './container-part.js';
import { openByLibarchive } from './open-by-libarchive.js';
import { openDeb } from './open-deb.js';
import { openImage } from './open-image.js';
import { openRpm } from './open-rpm.js';
import { openVolumes } from './split/open-volumes.js';
import { withoutEnd } from './split/without-end.js';
import { isWrapper, unwrapFile, type WrapperFile } from './unwrap-file.js';

/** The format names of containers that wrap a tar or a single file. */
const wrapperFormats: Partial<Record<ContentType, readonly [tar: ReadFormat, file: ReadFormat]>> = {
  gzip: ['tar.gz', 'gz'],
  bzip2: ['tar.bz2', 'bz2'],
  xz: ['tar.xz', 'xz'],
  zstd: ['tar.zst', 'zst'],
  lzma: ['tar.lzma', 'lzma'],
  lzip: ['tar.lz', 'lz'],
  lz4: ['tar.lz4', 'lz4'],
  Z: ['tar.Z', 'Z'],
};

/**
 * Opens an input by its content. A container that wraps a tar or a single file is first decompressed within its
 * limits; archives inside that are ordinary files. Throws a TaskFailure: `unsupported-archive`, `archive-corrupt`,
 * `archive-too-large`, `archive-too-demanding`.
 */
export function openArchive(
  running: RunningJob,
  input: LocalInput & Pick<ArchiveInput, 'split'>,
  report: OnProgress,
): Promise<OpenArchive> {
  const { split } = input;
  const { type } = split?.apart ?? {};
  if (type !== undefined) return openVolumes(running, { ...input, type });
  const opened = openFile(running, input, report);
  return split === undefined ? opened : withoutEnd(opened, split);
}

async function openFile(
  running: RunningJob,
  input: LocalInput,
  report: OnProgress,
): Promise<OpenArchive> {
  const content = await sniffContent(input.location);
  const type = content.type ?? (await emptyTar(input));
  if (type === undefined) return openPrefixed(running, { input, content });
  const file = { location: input.location, archiveBytes: input.size };
  if (type === 'plain-ar') return openAr(running, file);
  if (type === 'lz4' || type === 'lzip') {
    return openWrapped(running, { ...file, type, name: input.name }, report);
  }
  const container = { ...file, type };
  if (type === 'rpm') return openRpm(running, container, report);
  if (type === 'ar') return openDeb(running, container, report);
  if (type === 'iso') return openImage(running, container);
  if (isWrapper(type)) return openWrapped(running, { ...file, type, name: input.name }, report);
  if (type === 'rar' || type === 'rar5') return openVolumes(running, { ...input, type });
  const behind = type === 'zip' ? await readBehindZip(input.location) : {};
  return {
    format: type as ReadFormat,
    parts: [containerPart(running, container)],
    unwrapped: false,
    ...behind,
    ...(type === 'arj' ? { refusal: await arjRefusal(input) } : {}),
    close: async () => undefined,
  };
}

/** 7-Zip reads each volume of an arj by itself, and the piece of a file in it as the whole file. */
async function arjRefusal({ name, location }: LocalInput): Promise<() => TaskFailure | undefined> {
  if (!(await isArjVolume(location))) return () => undefined;
  const detail = `${name} is one of several volumes of an arj archive, which cannot be joined here.`;
  const failure = new TaskFailure('unsupported-archive', { detail });
  return () => failure;
}

async function openAr(
  running: RunningJob,
  file: { location: string; archiveBytes: number },
): Promise<OpenArchive> {
  if (await endsWithMember(file.location))
    return openByLibarchive(running, { ...file, format: 'ar' });
  throw new TaskFailure('archive-corrupt', {
    detail: 'The archive ends in the middle of a member, or a header of it is damaged.',
  });
}

/** An archive behind other bytes, which 7-Zip finds in a zip by itself. */
async function openPrefixed(
  running: RunningJob,
  { input, content }: { input: LocalInput; content: Content },
): Promise<OpenArchive> {
  const found = await findPrefixed(input.location);
  if (found === undefined) throw unreadable(input, content);
  const { type, offset } = found;
  const isCut = type !== 'zip';
  const location = isCut ? await cutOff(running, input, offset) : input.location;
  return {
    format: type === 'rar5' ? 'rar' : (type as ReadFormat),
    parts: [containerPart(running, { location, type, archiveBytes: input.size })],
    unwrapped: isCut,
    notes: [prefixNote],
    close: () => (isCut ? rm(location, { force: true }) : Promise.resolve()),
  };
}

async function cutOff(
  { directory, signal }: RunningJob,
  { location }: LocalInput,
  offset: number,
): Promise<string> {
  const file = join(directory, `archive-${randomUUID()}`);
  const rest = createReadStream(location, { start: offset });
  await pipeline(rest, createWriteStream(file, { flags: 'wx' }), { signal });
  return file;
}

const emptyTar = async ({ name, location }: LocalInput): Promise<'tar' | undefined> =>
  formatOfName(name) === 'tar' && (await isEmptyTar(location)) ? 'tar' : undefined;

/** Content without a known signature: corrupt if the name suggests an archive, otherwise unsupported. */
function unreadable({ name, size }: LocalInput, { foreign }: Content): TaskFailure {
  if (foreign !== undefined) {
    return new TaskFailure('unsupported-archive', {
      detail: `The content of ${name} is ${foreign}, not a supported archive.`,
    });
  }
  const promised = size === 0 || formatOfName(name) !== undefined;
  return new TaskFailure(promised ? 'archive-corrupt' : 'unsupported-archive', {
    detail: `${name} does not start like an archive in any supported format.`,
  });
}

async function openWrapped(
  running: RunningJob,
  { name, ...wrapper }: WrapperFile & { name: string },
  report: OnProgress,
): Promise<OpenArchive> {
  const { file, modified, notes } = await unwrapFile(running, wrapper, report);
  const close = () => rm(file, { force: true });
  const isNamedTar = formatOfName(name)?.startsWith('tar.') ?? false;
  const holdsTar =
    (await sniffContent(file)).type === 'tar' || (isNamedTar && (await isEmptyTar(file)));
  const [tarFormat, fileFormat] = wrapperFormats[wrapper.type] ?? ['tar.gz', 'gz'];
  if (holdsTar) {
    const tar = { ...wrapper, location: file, type: 'tar' } as const;
    return {
      format: tarFormat,
      parts: [containerPart(running, tar)],
      unwrapped: true,
      notes,
      close,
    };
  }
  const path = fileNameOf(archiveBaseName(name));
  return {
    format: fileFormat,
    parts: [filePart(file, path, modified)],
    unwrapped: true,
    notes,
    close,
  };
}
