/**
 * A number of a tar header: octal digits, or base 256 where the first bit is set (two's complement; GNU and star
 * write so what octal cannot hold). NaN where it is neither. Source: GNU tar, "Extensions"; POSIX.1-2017, ustar.
 */
export function readNumber(field: Buffer): number {
  const [first = 0] = field;
  if ((first & 0x80) !== 0) return readBase256(field, first);
  const digits = field
    .toString('latin1')
    .replace(/\0[\s\S]*$/, '')
    .trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

function readBase256(field: Buffer, first: number): number {
  const negative = first === 0xff;
  const start = negative ? BigInt(-1) : BigInt(first & 0x7f);
  const value = field.subarray(1).reduce((sum, byte) => (sum << 8n) | BigInt(byte), start);
  return Number(value);
}
