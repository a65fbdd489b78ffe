import type { EntryContent } from '../engines/seven-zip/read-contents.js';
import type { LossReport } from '../job/loss-report.js';
import { type OnProgress, share } from '../job/progress.js';
import type { ContentFile, ContentFiles } from './content-files.js';
import type { EntryList } from './entry-list.js';
import { findHardLinks, type HardLinks } from './hard-links.js';
import { createLinkCheck, readTarget } from './inner-links.js';
import type { Placed } from './place-entries.js';
import type { Survey } from './survey-archive.js';
import type { UnpackedEntry } from './unpacked-entry.js';

export interface ReadEntriesOptions {
  files: ContentFiles;
  /** True to have symbolic links too. */
  links: boolean;
  report: LossReport;
  progress: OnProgress;
}

/** What has been read of one part, by places in its list. */
interface ReadPart {
  readonly files: Map<number, ContentFile>;
  readonly targets: Map<number, string>;
}

/**
 * Reads what a survey wants, in the order of the archive. Links that lead out and special files are left out and
 * reported. Throws a TaskFailure if something cannot be read.
 */
export async function readEntries(
  survey: Survey,
  options: ReadEntriesOptions,
): Promise<UnpackedEntry[]> {
  const shares = share(options.progress, survey.lists.length);
  const unpacked: UnpackedEntry[] = [];
  for (const [at, list] of survey.lists.entries()) {
    const wanted = survey.wanted.filter((one) => one.list === list);
    const links = findHardLinks(list, wanted);
    const sharing = survey.sharing.filter((one) => one.list === list);
    const own = { ...options, progress: shares[at] ?? options.progress };
    const read = await readPart(list, { wanted, sharing, links }, own);
    unpacked.push(...settle(survey, { wanted, links, read }, options));
  }
  return unpacked;
}

interface PartPlan {
  wanted: readonly Placed[];
  sharing: readonly Placed[];
  links: HardLinks;
}

async function readPart(
  list: EntryList,
  { wanted, sharing, links }: PartPlan,
  { files, links: withLinks, progress }: ReadEntriesOptions,
): Promise<ReadPart> {
  const own = new Map([...wanted, ...sharing].map(({ index, listed }) => [index, listed]));
  const needed = new Set(links.contents);
  const targets = new Set<number>();
  for (const { index, listed } of wanted) {
    if (listed.kind === 'file' && listed.hardLinkTo === undefined) needed.add(index);
    else if (withLinks && hidesTarget(listed)) targets.add(index);
  }
  const read: ReadPart = { files: new Map(), targets: new Map() };
  const entries = list.kept ?? own;
  const has = (index: number) => needed.has(index) || targets.has(index);
  const complete = list.kept !== undefined;
  for await (const content of list.part.read({ entries, complete, has }, progress)) {
    await take(content, { read, files, isTarget: targets.has(content.index), entries });
  }
  return read;
}

/** True of a symbolic link whose content says where it leads. */
const hidesTarget = ({ symlink, linkTarget, size }: Placed['listed']): boolean =>
  symlink === true && linkTarget === undefined && (size ?? 0) > 0;

async function take(
  content: EntryContent,
  {
    read,
    files,
    isTarget,
    entries,
  }: {
    read: ReadPart;
    files: ContentFiles;
    isTarget: boolean;
    entries: ReadonlyMap<number, Placed['listed']>;
  },
): Promise<void> {
  const entry = entries.get(content.index);
  if (isTarget) read.targets.set(content.index, await readTarget(content));
  else if (entry) read.files.set(content.index, await files.write(content, entry));
}

interface Settling {
  wanted: readonly Placed[];
  links: HardLinks;
  read: ReadPart;
}

function settle(
  { names, wanted: all }: Survey,
  { wanted, links, read }: Settling,
  { links: withLinks, report }: ReadEntriesOptions,
): UnpackedEntry[] {
  const linkCheck = createLinkCheck(all, names);
  const paths = new Map(wanted.map(({ index, path }) => [index, path]));
  const unpacked: UnpackedEntry[] = [];
  for (const entry of wanted) {
    const { listed, index, path, rawPath } = entry;
    const { mode, modified, extended } = listed;
    const base = {
      path,
      mode,
      modified,
      ...(rawPath ? { rawPath } : {}),
      ...(extended ? { extended } : {}),
    };
    const first = links.contentOf.get(index) ?? index;
    const file = read.files.get(first);
    if (listed.kind === 'directory') {
      if (path !== '') unpacked.push({ ...base, kind: 'directory' });
    } else if (file && listed.kind === 'file') {
      const shared = first === index ? {} : { shared: true };
      const linkTo = first === index || listed.copied ? undefined : paths.get(first);
      unpacked.push({ ...base, kind: 'file', ...file, ...shared, ...(linkTo ? { linkTo } : {}) });
    } else {
      const raw = listed.linkTarget ?? read.targets.get(index);
      const target = withLinks && listed.symlink ? linkCheck(entry, raw) : undefined;
      if (target !== undefined) unpacked.push({ ...base, kind: 'symlink', target });
      else report.add(listed.kind === 'special' ? 'special-files' : 'links', path);
    }
  }
  return unpacked;
}
