import type { ArchiveSummary, EntryDanger } from '@comprimemelo/contracts/archive';
import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { ListedEntry } from '../engines/entry.js';
import {
  allowedBytes,
  type ExtractionLimits,
  mostReadingMemory,
} from '../job/extraction-limits.js';
import { TaskFailure } from '../job/task-failure.js';
import { dangerOf, traversalDetail } from './entry-danger.js';
import { extractedPath, foldersOf } from './extracted-path.js';
import type { PlacedPath } from './placed-path.js';

/** An entry as it is judged: what its archive declares, and where it was placed. */
export interface PlacedEntry
  extends Pick<
    ListedEntry,
    'kind' | 'size' | 'encrypted' | 'dictionaryBytes' | 'unsupportedMethod'
  > {
  readonly placed: PlacedPath;
}

/** Judges a listing entry by entry, without keeping entries. */
export interface Verdict {
  /** Adds the next entry and returns its danger. */
  add(entry: PlacedEntry): EntryDanger | undefined;
  /** Why the archive must not be extracted, from the first entry that violates a rule. */
  readonly failure: TaskFailure | undefined;
  /** True if any entry requires a password. */
  readonly encrypted: boolean;
  summary(format: ReadFormat): ArchiveSummary;
}

/** `archiveBytes` is the size of the original archive. */
export function createVerdict(archiveBytes: number, limits: ExtractionLimits): Verdict {
  const dangers = new Map<EntryDanger, number>();
  const folders = createFolderCount(limits.entries);
  const seen = { entries: 0, size: 0, encrypted: false };
  let failure: TaskFailure | undefined;
  const failureBy = (entry: PlacedEntry, danger: EntryDanger | undefined) =>
    unsafe(entry, danger) ??
    unsupported(entry) ??
    tooDemanding(entry) ??
    tooMany(seen.entries + folders.count, limits.entries) ??
    tooLarge(seen.size, allowedBytes(limits, archiveBytes));
  return {
    add(entry) {
      const danger = dangerOf(entry);
      if (danger) dangers.set(danger, (dangers.get(danger) ?? 0) + 1);
      seen.entries += 1;
      seen.size += entry.size ?? 0;
      seen.encrypted ||= entry.encrypted;
      if (entry.kind === 'directory') folders.addFolder(entry.placed.path);
      else folders.addFile(entry.placed.path);
      failure ??= failureBy(entry, danger);
      return danger;
    },
    get failure() {
      return failure;
    },
    get encrypted() {
      return seen.encrypted;
    },
    summary: (format) => ({
      format,
      ...seen,
      packedSize: archiveBytes,
      passwordRequired: false,
      ratio: archiveBytes === 0 ? 0 : Math.round((seen.size / archiveBytes) * 100) / 100,
      dangers: [...dangers].map(([danger, count]) => ({ danger, count })),
      refused: failure?.problem.type ?? null,
      refusedDetail: failure?.problem.detail ?? null,
    }),
  };
}

/** Counts directories that exist only in paths, because extracting makes them too. */
function createFolderCount(most: number) {
  const named = new Set<string>();
  const implied = new Set<string>();
  return {
    get count() {
      return implied.size;
    },
    addFolder(path: string) {
      const folder = extractedPath(path);
      this.addFile(folder);
      if (named.size < most) named.add(folder);
      implied.delete(folder);
    },
    addFile(path: string) {
      for (const folder of foldersOf(extractedPath(path))) {
        if (named.has(folder) || implied.has(folder)) return;
        if (implied.size > most) return;
        implied.add(folder);
      }
    },
  };
}

function unsafe({ placed }: PlacedEntry, danger: EntryDanger | undefined): TaskFailure | undefined {
  if (danger !== 'traversal') return undefined;
  return new TaskFailure('unsafe-entry', { entry: placed.shown, detail: traversalDetail });
}

function unsupported({ unsupportedMethod, placed }: PlacedEntry): TaskFailure | undefined {
  if (unsupportedMethod === undefined) return undefined;
  return new TaskFailure('unsupported-archive', {
    entry: placed.shown,
    detail: `The entry is packed with ${unsupportedMethod}, which is not supported.`,
  });
}

/** A dictionary this large leaves 7-Zip no memory for itself. */
function tooDemanding({ dictionaryBytes }: PlacedEntry): TaskFailure | undefined {
  if (dictionaryBytes < mostReadingMemory) return undefined;
  return new TaskFailure('archive-too-demanding');
}

function tooMany(count: number, most: number): TaskFailure | undefined {
  if (count <= most) return undefined;
  return new TaskFailure('archive-too-large', {
    detail: `The archive has more than ${most} entries, which is the limit.`,
  });
}

function tooLarge(declared: number, allowed: number): TaskFailure | undefined {
  if (declared <= allowed) return undefined;
  return new TaskFailure('archive-too-large', {
    detail: `The archive declares ${declared} bytes of content; the limit for its size is ${allowed}.`,
  });
}
