/** The years that ext4, NTFS and 7z hold: any other time would come out as another. */
export const fileYears = { first: 1902, last: 2445 } as const;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const clock = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)';
const forms = [
  // RFC 3339.
  `(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)[t ]${clock}(?:\\.(?<fraction>\\d+))?(?:z|(?<sign>[+-])(?<hours>\\d\\d):(?<minutes>\\d\\d))`,
  // The three forms of an HTTP-date: Sun, 06 Nov 1994 08:49:37 GMT; Sunday, 06-Nov-94 ...; Sun Nov  6 08:49:37 1994.
  `[a-z]{3}, (?<day>\\d\\d) (?<monthName>[a-z]{3}) (?<year>\\d{4}) ${clock} gmt`,
  `[a-z]{6,9}, (?<day>\\d\\d)-(?<monthName>[a-z]{3})-(?<shortYear>\\d\\d) ${clock} gmt`,
  `[a-z]{3} (?<monthName>[a-z]{3}) (?<day>[ \\d]\\d) ${clock} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`, 'i'));

type Parts = Record<string, string | undefined>;

/** Two digits are of the last hundred years, up to 50 years from now. Source: RFC 9110, section 5.6.7. */
function yearOf({ year, shortYear }: Parts): number {
  if (year !== undefined) return Number(year);
  const latest = new Date().getUTCFullYear() + 50;
  return latest - ((((latest - Number(shortYear)) % 100) + 100) % 100);
}

function timeOf(parts: Parts): Date | undefined {
  const { month, monthName = '', fraction = '', sign = '+', hours = '0', minutes = '0' } = parts;
  const at = month === undefined ? months.indexOf(monthName.toLowerCase()) : Number(month) - 1;
  const [year, day] = [yearOf(parts), Number(parts.day)];
  const [hour, minute, second] = [parts.hour, parts.minute, parts.second].map(Number) as [
    number,
    number,
    number,
  ];
  // Where a month or a day does not exist, Date would go on into the next.
  const date = new Date(Date.UTC(year, at, day));
  if (date.getUTCMonth() !== at || date.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 60 || Number(hours) > 23 || Number(minutes) > 59) {
    return undefined;
  }
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const milliseconds = Number(`${fraction}000`.slice(0, 3));
  return new Date(Date.UTC(year, at, day, hour, minute - offset, second, milliseconds));
}

/**
 * The time that a file was last changed, to the millisecond, from an RFC 3339 time or an HTTP-date (RFC 9110, section
 * 5.6.7); undefined where the text is neither, or the year is not among `fileYears`.
 */
export function readFileTime(text: string): Date | undefined {
  const found = forms.map((form) => form.exec(text.trim())).find((match) => match !== null);
  return within(found?.groups && timeOf(found.groups));
}

/** The same from `File.lastModified` of browsers: milliseconds since 1970. */
export const readEpochTime = (text: string): Date | undefined =>
  within(/^-?\d{1,15}$/.test(text) ? new Date(Number(text)) : undefined);

function within(time: Date | undefined): Date | undefined {
  const year = time?.getUTCFullYear() ?? 0;
  return year >= fileYears.first && year <= fileYears.last ? time : undefined;
}
