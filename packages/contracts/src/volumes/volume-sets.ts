import { lastOfZip, type PartName, partNameOf, type VolumeScheme } from './part-name.js';

export interface VolumePart {
  /** The place of its name among those that were given. */
  readonly at: number;
  /** 1 for the first; a piece may be numbered from 0. The `.zip` that ends a split zip comes after all others. */
  readonly number: number;
}

/** The parts of one split archive, as far as they are there. */
export interface VolumeSet {
  readonly scheme: VolumeScheme;
  /** Name of the whole, without a folder: `holiday.rar` of `holiday.part1.rar`, `s.7z` of `s.7z.001`. */
  readonly name: string;
  /** In the order of their numbers. Two with one number are both here. */
  readonly parts: readonly VolumePart[];
  /** The number that the first part has. */
  readonly first: number;
  /** The file name of the part with that number, in the manner of those that are there. */
  nameOf(number: number): string;
}

interface Found extends PartName {
  readonly at: number;
}

/** Equal for the names of one set: in one folder, whatever the case. */
const setKey = (folder: string, { scheme, key, name }: PartName): string =>
  [folder, scheme, key, name.normalize('NFC').toLowerCase()].join('\0');

/**
 * The sets of parts among the names of the inputs of one task, in the order in which the first of each comes. Names may
 * have folders, with slashes: a set lies in one. A name by itself that may be one of anything, such as `a.rar` or
 * `2024.102`, is of a set only beside others.
 */
export function volumeSetsOf(paths: readonly string[]): VolumeSet[] {
  const groups = new Map<string, Found[]>();
  for (const [at, path] of paths.entries()) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const numbered = partNameOf(path.slice(folder.length));
    if (numbered === undefined) continue;
    const key = setKey(folder, numbered);
    groups.set(key, [...(groups.get(key) ?? []), { ...numbered, at }]);
  }
  return [...groups.values()].filter(isSet).map(setOf);
}

function isSet(found: readonly Found[]): boolean {
  if (found.some(({ isWhole }) => !isWhole)) return true;
  return found[0]?.scheme === 'bytes' && found.some(({ number }) => number <= 1);
}

/** The set that a file of this name is of, where it is a part; undefined if no part has such a name. */
export function volumeSetOf(name: string): VolumeSet | undefined {
  const numbered = partNameOf(name);
  return numbered && setOf([{ ...numbered, at: 0 }]);
}

function setOf(found: readonly Found[]): VolumeSet {
  const parts = [...found].sort((a, b) => a.number - b.number || a.at - b.at);
  const sample = parts.find(({ isWhole }) => !isWhole) ?? (parts[0] as Found);
  const numbered = parts.filter(({ number }) => number !== lastOfZip);
  const width = Math.min(...(numbered.length === 0 ? parts : numbered).map((one) => one.width));
  const isFromZero = sample.key.endsWith('a') || parts[0]?.number === 0;
  return {
    scheme: sample.scheme,
    name: sample.name,
    parts: parts.map(({ at, number }) => ({ at, number })),
    first: isFromZero ? 0 : 1,
    nameOf: (number) => sample.nameOf(number, width),
  };
}

/**
 * The file names of the archives that these are, without folders: each set's name once, at the place of the first of its
 * parts, and every other name.
 */
export function archiveNames(paths: readonly string[]): string[] {
  const whole = new Map<number, string>();
  const parts = new Set<number>();
  for (const { name, parts: own } of volumeSetsOf(paths)) {
    whole.set(Math.min(...own.map(({ at }) => at)), name);
    for (const { at } of own) parts.add(at);
  }
  const nameAt = (path: string, at: number) =>
    whole.get(at) ?? (parts.has(at) ? [] : path.slice(path.lastIndexOf('/') + 1));
  return paths.flatMap(nameAt);
}
