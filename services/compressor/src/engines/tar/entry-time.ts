import type { EntryTime } from '../entry.js';

/** A time of a pax record: decimal seconds, as `1796073498.192256509` or `-0.5`. Undefined where it is none. */
export function paxTime(text: string): EntryTime | undefined {
  const [, sign, whole = '', fraction = ''] = /^(-?)([0-9]{1,15})(?:\.([0-9]*))?$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const seconds = Number(whole);
  const nanoseconds = Number(fraction.slice(0, 9).padEnd(9, '0'));
  if (sign === '') return { seconds, nanoseconds };
  return nanoseconds === 0
    ? { seconds: -seconds, nanoseconds }
    : { seconds: -seconds - 1, nanoseconds: 1e9 - nanoseconds };
}

/** A time of a header. Undefined where its field is no number. */
export const headerTime = (seconds: number): EntryTime | undefined =>
  Number.isNaN(seconds) ? undefined : { seconds, nanoseconds: 0 };
