import { dirname } from 'node:path';
import type { Loss } from '@comprimemelo/contracts/archive';
import type { WrittenFormat } from '@comprimemelo/contracts/formats';
import type { Held, HeldTime } from './held.js';
import { type Holding, holdings, type TimeRange } from './holdings.js';

/** How many entries lose something, by what it is. */
export type Losses = Readonly<Partial<Record<Loss, number>>>;

export interface Projected {
  readonly entries: readonly Held[];
  readonly losses: Losses;
}

/** What of these entries a format holds, and what a report has to say of the rest. */
export function project(entries: readonly Held[], format: WrittenFormat): Projected {
  const holding = holdings[format];
  return holding.tree ? projectTree(entries, holding) : projectSingle(entries, holding);
}

function projectTree(entries: readonly Held[], holding: Holding): Projected {
  const kept = entries.filter(({ kind }) => holding.symbolicLinks || kind !== 'symlink');
  const full = holding.addsFolders ? [...kept, ...foldersBetween(kept)] : kept;
  const held = full.map((entry): Held => {
    const isTimed = entry.kind !== 'file' || entry.path !== holding.untimed;
    const isSplit = entry.kind === 'file' && !holding.hardLinks;
    return {
      ...entry,
      mode: modeHeld(entry, holding),
      time: (isTimed && timeHeld(entry.time, holding.times)) || 'any',
      target: isSplit ? '' : entry.target,
    };
  });
  const modes = kept.filter((one) => one.mode !== undefined && modeHeld(one, holding) !== one.mode);
  return {
    entries: held,
    losses: losses({ links: entries.length - kept.length, modes: modes.length }),
  };
}

/** What programs give to files and directories where nothing says it. */
const usual = { file: 0o644, directory: 0o755, symlink: 0o777 } as const;

const modeHeld = ({ kind, mode }: Held, { leastModes }: Holding): number =>
  (mode ?? usual[kind]) | leastModes[kind];

/** The content of the one file; of its permissions a report says only whether it could be run. */
function projectSingle(entries: readonly Held[], holding: Holding): Projected {
  const files = entries.filter(({ kind }) => kind === 'file');
  const count = (kind: Held['kind']) => entries.filter((one) => one.kind === kind).length;
  const held = files.map(({ time, ...file }): Held => {
    return { ...file, mode: undefined, time: timeHeld(time, holding.times), target: '' };
  });
  const isRun = files.filter(({ mode = 0 }) => (mode & 0o111) !== 0).length;
  return {
    entries: held,
    losses: losses({
      links: count('symlink'),
      directories: count('directory'),
      modes: isRun,
      names: holding.times === undefined ? files.length : 0,
      times: timesLost(files, holding),
    }),
  };
}

const losses = (counts: Losses): Losses =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

function timeHeld(time: HeldTime, range: TimeRange | undefined): HeldTime {
  if (range === undefined) return undefined;
  if (time === undefined || time === 'any') return 'any';
  if (time.seconds < range.first || time.seconds > range.last) return undefined;
  return { ...time, nanoseconds: time.nanoseconds - (time.nanoseconds % range.step) };
}

/** A fraction that is finer than the format's steps is no loss: it is how exact the format is. */
const timesLost = (entries: readonly Held[], { times }: Holding): number =>
  entries.filter(({ time }) => time && timeHeld(time, times) === undefined).length;

/** The folders that only paths name. */
function foldersBetween(entries: readonly Held[]): Held[] {
  const folders = new Set<string>();
  for (const { path } of entries) {
    for (let one = dirname(path); one !== '.'; one = dirname(one)) folders.add(one);
  }
  for (const { path } of entries) folders.delete(path);
  const rest = { sha256: '', mode: undefined, time: undefined, target: '' };
  return [...folders].map((path) => ({ kind: 'directory', path, ...rest }));
}
