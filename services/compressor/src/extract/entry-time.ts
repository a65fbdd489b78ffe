import type { EntryTime } from '../engines/entry.js';

/** RFC 3339 in milliseconds; undefined of a time that it cannot express. */
export function rfc3339Of(time: EntryTime | undefined): string | undefined {
  if (time === undefined) return undefined;
  const date = new Date(time.seconds * 1_000 + Math.floor(time.nanoseconds / 1e6));
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9_999 ? date.toISOString() : undefined;
}
