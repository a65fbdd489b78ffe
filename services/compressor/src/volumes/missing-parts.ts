import { lastOfZip } from '@comprimemelo/contracts/volumes/part-name';
import type { VolumeSet } from '@comprimemelo/contracts/volumes/volume-sets';
import { TaskFailure } from '../job/task-failure.js';

/** Names that are shown. */
const mostNamed = 20;

const listed = (names: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(names);

/** A `volumes-missing` that names the first of so many parts; `count` may be larger. */
export function partsMissing(set: VolumeSet, numbers: readonly number[], count = numbers.length) {
  const named = numbers.slice(0, mostNamed).map((number) => set.nameOf(number));
  const rest = count - named.length;
  const all = rest > 0 ? [...named, `${rest} more`] : named;
  const [are, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
  const detail = `${listed(all)} ${are} missing: send ${them} with the other parts, in one task.`;
  return new TaskFailure('volumes-missing', { detail });
}

/** The same of what follows the last part that is there: nobody knows how many. */
export function laterMissing(set: VolumeSet, number = lastNumber(set) + 1, cause?: unknown) {
  const name = set.nameOf(number);
  const detail =
    `The archive goes on in ${name}, which is missing: send it, and those after it if there are more, ` +
    'with the other parts, in one task.';
  return new TaskFailure('volumes-missing', { detail, cause });
}

/** The highest number among the parts, but for the end of a zip. */
export const lastNumber = ({ parts, first }: VolumeSet): number =>
  parts.findLast(({ number }) => number !== lastOfZip)?.number ?? first - 1;

/** What the numbers say: parts that are missing up to `last`, the end of a zip included. Undefined if there are none. */
export function missingByNumbers(set: VolumeSet, last = lastNumber(set)): TaskFailure | undefined {
  const there = new Set(set.parts.map(({ number }) => number));
  const missing: number[] = [];
  for (let number = set.first; number <= last && missing.length < mostNamed; number += 1) {
    if (!there.has(number)) missing.push(number);
  }
  const inRange = [...there].filter((number) => number <= last).length;
  const count = last - set.first + 1 - inRange;
  const noEnd = set.scheme === 'zip' && !there.has(lastOfZip);
  if (count === 0 && !noEnd) return undefined;
  return noEnd
    ? partsMissing(set, [...missing, lastOfZip], count + 1)
    : partsMissing(set, missing, count);
}

/** Throws `volumes-conflict` if two parts have one number. */
export function refuseTwice(set: VolumeSet, names: readonly string[]): void {
  const { parts } = set;
  const twice = parts.find(({ number }, at) => parts[at + 1]?.number === number);
  if (twice === undefined) return;
  const same = parts.filter(({ number }) => number === twice.number).map(({ at }) => names[at]);
  throw new TaskFailure('volumes-conflict', {
    detail: `${listed(same.map(String))} are the same part of ${set.name}: send each part once.`,
  });
}
