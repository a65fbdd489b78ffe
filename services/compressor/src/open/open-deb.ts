import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sniffPayload } from '../detect/detect-format.js';
import type { ListedEntry } from '../engines/entry.js';
import { type OnProgress, share } from '../job/progress.js';
import type { RunningJob } from '../job/running-job.js';
import { TaskFailure } from '../job/task-failure.js';
import type { ArchivePart, OpenArchive } from './archive-part.js';
import { containerPart } from './container-part.js';
import { type ContainerFile, listContainer } from './list-container.js';
import { isWrapper, unwrapFile } from './unwrap-file.js';

/** The members of a package that are opened, and the folders that `dpkg-deb -R` gives their entries. */
const members = [
  { name: /^data\.tar(?:\.\w+)?$/, folder: '' },
  { name: /^control\.tar(?:\.\w+)?$/, folder: 'DEBIAN' },
];

/** Opens a Debian package: its files, and its control files below `DEBIAN`. Source: deb(5). */
export async function openDeb(
  running: RunningJob,
  deb: ContainerFile,
  report: OnProgress,
): Promise<OpenArchive> {
  const directory = join(running.directory, `deb-${randomUUID()}`);
  await mkdir(directory);
  const names = await memberNames(running, deb);
  await readMembers(running, deb, { directory, names });
  const reports = share(report, names.length);
  const parts: ArchivePart[] = [];
  for (const [at, name] of names.entries()) {
    const member = { name, location: join(directory, name), archiveBytes: deb.archiveBytes };
    parts.push(await openMember({ ...running, directory }, member, reports[at] ?? report));
  }
  const close = () => rm(directory, { recursive: true, force: true });
  return { format: 'deb', parts, unwrapped: true, close };
}

/** Writes each member to a file with its name, which is one of those above. */
async function readMembers(
  running: RunningJob,
  deb: ContainerFile,
  { directory, names }: { directory: string; names: readonly string[] },
): Promise<void> {
  const whole = containerPart(running, deb);
  const entries = new Map<number, ListedEntry>();
  await whole.list((some) => {
    for (const entry of some) entries.set(entries.size, entry);
  });
  const at = names.map((name) => [...entries.values()].findIndex((one) => one.rawPath === name));
  const wanted = { entries, complete: true, has: (index: number) => at.includes(index) };
  for await (const { index, bytes } of whole.read(wanted, () => undefined)) {
    const name = entries.get(index)?.rawPath ?? '';
    await writeFile(join(directory, name), bytes(), { flag: 'wx' });
  }
}

/** A member can claim to be a link or a device: then nothing was extracted, or nothing that may be opened. */
async function refuseOther(location: string, name: string): Promise<void> {
  const stats = await lstat(location).catch(() => undefined);
  if (stats?.isFile()) return;
  throw new TaskFailure('archive-corrupt', { detail: `${name} in the package is not a file.` });
}

/** One name for each member, in their order here. */
async function memberNames(running: RunningJob, deb: ContainerFile): Promise<string[]> {
  const found = new Map<RegExp, string>();
  await listContainer(running, deb, (entries) => {
    for (const { rawPath } of entries) {
      const member = members.find(({ name }) => name.test(rawPath));
      if (member) found.set(member.name, rawPath);
    }
  });
  return members.map(({ name }) => {
    const path = found.get(name);
    if (path !== undefined) return path;
    throw new TaskFailure('archive-corrupt', {
      detail: 'The package is incomplete: one of its parts is missing.',
    });
  });
}

async function openMember(
  running: RunningJob,
  { name, ...member }: Omit<ContainerFile, 'type'> & { name: string },
  report: OnProgress,
): Promise<ArchivePart> {
  const folder = members.find((one) => one.name.test(name))?.folder ?? '';
  await refuseOther(member.location, name);
  const type = await sniffPayload(member.location);
  const location =
    type !== undefined && isWrapper(type)
      ? (await unwrapFile(running, { ...member, type }, report)).file
      : member.location;
  if ((await sniffPayload(location)) !== 'tar') {
    throw new TaskFailure('archive-corrupt', {
      detail: `${name} in the package is not a tar archive.`,
    });
  }
  return containerPart(running, { ...member, location, type: 'tar' }, folder);
}
