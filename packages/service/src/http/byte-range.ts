export interface ByteRange {
  start: number;
  /** The last byte, included. */
  end: number;
}

const singleRange = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/i;

/**
 * The one range that a Range header asks of `size` bytes: a suffix may be longer than the whole, and the
 * end may lie behind it. Anything else, several ranges too, is 'whole'. Source: RFC 9110, section 14.1.2.
 */
export function parseByteRange(
  header: string,
  size: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const match = singleRange.exec(header.trim());
  if (match === null) return 'whole';
  const [, first, last, suffix] = match;
  const start = first === undefined ? Math.max(0, size - Number(suffix)) : Number(first);
  const end = last ? Math.min(Number(last), size - 1) : size - 1;
  if (first !== undefined && last && Number(last) < start) return 'whole';
  return start > end ? 'unsatisfiable' : { start, end };
}
