export interface ByteRange {
  start: number;
  /** Offset of the last byte, inclusive. */
  end: number;
}

const singleRange = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/i;

/**
 * Parses a single Range for content of `size` bytes. A suffix may exceed the content, and the end may lie beyond it,
 * however far: positions have no upper bound. Anything else, including several ranges, is 'whole'. Source: RFC 9110, section 14.1.2.
 */
export function parseByteRange(
  header: string,
  size: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const match = singleRange.exec(header.trim());
  if (match === null) return 'whole';
  const [, first, last, suffix] = match;
  // As numbers, positions above 2^53 that differ may be equal.
  if (first && last && BigInt(last) < BigInt(first)) return 'whole';
  const start = first === undefined ? Math.max(0, size - Number(suffix)) : Number(first);
  const end = last ? Math.min(Number(last), size - 1) : size - 1;
  return start > end ? 'unsatisfiable' : { start, end };
}
