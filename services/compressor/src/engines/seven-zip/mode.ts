/** What the column of `ls -l` says: the type, and the permission bits with set-user-id, set-group-id and sticky. */
export interface UnixMode {
  /** A letter as ls prints it: `-` of a file, `d`, `l`, `p`, `s`, `b`, `c`. */
  readonly type: string;
  /** 0 to 0o7777. */
  readonly bits: number;
}

/** The type is a zero where a zip has permissions alone, as Python writes them. */
const column = /(?:^|\s)([-0bcdlps])([-rwxsStT]{9})$/;
const special = [0o4000, 0o2000, 0o1000] as const;

/** The mode of an entry in a listing of 7-Zip; undefined if the archive stores none. */
export function modeOf(block: ReadonlyMap<string, string>): UnixMode | undefined {
  const [, type, letters] = column.exec(block.get('Mode') || block.get('Attributes') || '') ?? [];
  if (type === undefined || letters === undefined) return undefined;
  let bits = 0;
  for (const [at, letter] of [...letters].entries()) {
    if (/[rwxst]/.test(letter)) bits |= 1 << (8 - at);
    if (/[sStT]/.test(letter)) bits |= special[Math.floor(at / 3)] ?? 0;
  }
  return { type: type === '0' ? '-' : type, bits };
}
