import { utimes } from 'node:fs/promises';

/**
 * Sets the time of a file to the millisecond. utimes takes seconds as a double, whose fraction may fall short by 0.2 us
 * and so be of the millisecond before: the microsecond more keeps it in its own. As a text, since Node takes a number
 * below 0 for the present time.
 */
export async function setTime(location: string, time: Date): Promise<void> {
  const milliseconds = time.getTime();
  const seconds = `${milliseconds / 1_000 + (milliseconds % 1_000 === 0 ? 0 : 1e-6)}`;
  await utimes(location, seconds, seconds);
}
