const [space, zero, seven] = [0x20, 0x30, 0x37];

/**
 * A number of a tar header, from one byte to another: octal digits, or base 256 where the first bit is set (two's
 * complement; GNU and star write so what octal cannot hold). NaN where it is neither. Source: GNU tar, "Extensions";
 * POSIX.1-2017, ustar.
 */
export function readNumber(block: Buffer, start = 0, end = block.length): number {
  const first = block[start] ?? 0;
  if ((first & 0x80) !== 0) return readBase256(block.subarray(start, end), first);
  let at = start;
  while (at < end && block[at] === space) at += 1;
  let value = 0;
  for (; at < end; at += 1) {
    const byte = block[at] ?? 0;
    if (byte === 0 || byte === space) break;
    if (byte < zero || byte > seven) return Number.NaN;
    value = value * 8 + (byte - zero);
  }
  while (at < end && block[at] === space) at += 1;
  return at === end || block[at] === 0 ? value : Number.NaN;
}

function readBase256(field: Buffer, first: number): number {
  const negative = first === 0xff;
  const start = negative ? BigInt(-1) : BigInt(first & 0x7f);
  const value = field.subarray(1).reduce((sum, byte) => (sum << 8n) | BigInt(byte), start);
  return Number(value);
}
