/** A DATETIME(3): as the driver's text in the hot reads, as a Date from Prisma. Always UTC. */
export type StoredTime = string | Date;

const withoutFraction = 'YYYY-MM-DD hh:mm:ss'.length;

/** The time by RFC 3339, in milliseconds and UTC. */
export function timeText(time: StoredTime): string {
  if (typeof time !== 'string') return time.toISOString();
  const fraction = time.length === withoutFraction ? '.000' : '';
  return `${time.slice(0, 10)}T${time.slice(11)}${fraction}Z`;
}

export const nullableTimeText = (time: StoredTime | null): string | null =>
  time === null ? null : timeText(time);

/** The same as JSON text. */
export const timeJson = (time: StoredTime | null): string =>
  time === null ? 'null' : `"${timeText(time)}"`;
