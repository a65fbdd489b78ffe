import { dictionaryBytes } from './dictionary.js';

/** What an entry is; `special` is a device, a socket or a pipe. */
export type EntryKind = 'file' | 'directory' | 'link' | 'special';

/** One entry as the archive declares it. */
export interface ListedEntry {
  /** Empty where the format holds no name: xz, bz2. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Bytes when unpacked; undefined where the format does not say. */
  readonly size: number | undefined;
  readonly packedSize: number | undefined;
  readonly encrypted: boolean;
  /** Bytes of memory that its methods take for their dictionaries. */
  readonly dictionaryBytes: number;
}

type Properties = Map<string, string>;

const separator = '----------';
const assignment = ' = ';
const unixMode = /(?:^|\s)([-bcdlps])[-rwxsStT]{9}$/;

/**
 * Reads the lines of `7zz l -slt`: the archive's own properties, a separator, then a block of
 * `Property = value` lines for each entry. 7-Zip prints line feeds as `_` in an entry, but keeps them in the
 * archive's own comment, which can so look like a separator and entries: what stands before the last
 * separator is dropped.
 * Calls `onCount` with the number of entries so far; it may throw.
 */
export async function readListing(
  output: AsyncIterable<readonly string[]>,
  onCount: (count: number) => void = () => undefined,
): Promise<ListedEntry[]> {
  let entries: ListedEntry[] | undefined;
  let block: Properties = new Map();
  const endBlock = () => {
    if (entries && block.size > 0) onCount(entries.push(entryOf(block)));
    block = new Map();
  };
  const readLine = (line: string) => {
    if (line === separator) {
      entries = [];
      block = new Map();
    } else if (line === '') {
      endBlock();
    } else {
      readProperty(line, block);
    }
  };
  for await (const lines of output) lines.forEach(readLine);
  endBlock();
  return entries ?? [];
}

function readProperty(line: string, block: Properties): void {
  const at = line.indexOf(assignment);
  if (at < 0) return;
  const name = line.slice(0, at);
  if (!block.has(name)) block.set(name, line.slice(at + assignment.length));
}

function entryOf(block: Properties): ListedEntry {
  return {
    path: block.get('Path') ?? '',
    kind: kindOf(block),
    size: numberOf(block.get('Size')),
    packedSize: numberOf(block.get('Packed Size')),
    encrypted: block.get('Encrypted') === '+',
    dictionaryBytes: dictionaryBytes(block.get('Method') ?? ''),
  };
}

const numberOf = (value: string | undefined): number | undefined =>
  value === undefined || value === '' ? undefined : Number(value);

function kindOf(block: Properties): EntryKind {
  const attributes = block.get('Attributes') ?? '';
  const mode = unixMode.exec(block.get('Mode') ?? attributes)?.[1];
  const windows = attributes.split(' ', 1)[0] ?? '';
  if (block.get('Symbolic Link') || block.get('Hard Link') || mode === 'l') return 'link';
  // A reparse point: what Windows makes of a link.
  if (windows.includes('L')) return 'link';
  if (block.get('Folder') === '+' || mode === 'd' || windows.includes('D')) return 'directory';
  return mode === undefined || mode === '-' ? 'file' : 'special';
}
