import type { EntryKind } from '@comprimemelo/contracts/archive';
import { dictionaryBytes } from './dictionary.js';

/** One entry as the archive declares it. */
export interface ListedEntry {
  /** Empty if the format stores no name (xz, bz2). Invalid UTF-8 is replaced by U+FFFD. */
  readonly path: string;
  /** The path as 7-Zip prints it, one character per byte. Line feeds are shown as underscores. */
  readonly rawPath: string;
  readonly kind: EntryKind;
  /** Uncompressed size in bytes; undefined if the format does not store it. */
  readonly size: number | undefined;
  readonly packedSize: number | undefined;
  /** RFC 3339 in UTC. A time without a zone is treated as UTC. */
  readonly modified: string | undefined;
  readonly encrypted: boolean;
  /** Bytes of memory that its methods need for dictionaries. */
  readonly dictionaryBytes: number;
  /** The operating system that it was packed on, if the format stores it. */
  readonly host?: string | undefined;
}

type Properties = Map<string, string>;

/** The spelling of ARJ. ARJ stores Unix seconds here, which 7-Zip misreads as an MS-DOS time. */
const arjOfUnix = 'UNIX';

const assignment = ' = ';
const unixMode = /(?:^|\s)([-bcdlps])[-rwxsStT]{9}$/;
const time = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?$/;

/**
 * Parses the lines of `7zz l -slt -ba`, one character per byte: a block of `Property = value` lines for each entry.
 * Information about the archive itself is suppressed, because its comment could look like entries. 7-Zip prints line
 * feeds inside an entry as `_`. Yields entries in batches as they arrive and keeps none.
 */
export async function* readListing(
  output: AsyncIterable<readonly string[]>,
): AsyncGenerator<ListedEntry[]> {
  let block: Properties = new Map();
  for await (const lines of output) {
    const entries: ListedEntry[] = [];
    for (const line of lines) {
      if (line !== '') {
        readProperty(line, block);
      } else if (block.size > 0) {
        entries.push(entryOf(block));
        block = new Map();
      }
    }
    yield entries;
  }
  if (block.size > 0) yield [entryOf(block)];
}

function readProperty(line: string, block: Properties): void {
  const at = line.indexOf(assignment);
  if (at < 0) return;
  const name = line.slice(0, at);
  if (!block.has(name)) block.set(name, line.slice(at + assignment.length));
}

function entryOf(block: Properties): ListedEntry {
  const rawPath = block.get('Path') ?? '';
  const host = block.get('Host OS');
  return {
    path: textOf(rawPath),
    rawPath,
    kind: kindOf(block),
    size: numberOf(block.get('Size')),
    packedSize: numberOf(block.get('Packed Size')),
    modified: host === arjOfUnix ? undefined : timeOf(block.get('Modified')),
    encrypted: block.get('Encrypted') === '+',
    dictionaryBytes: dictionaryBytes(block.get('Method') ?? ''),
    host,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const ascii = /^[\x00-\x7f]*$/;

/** Decodes a string with one character per byte as UTF-8. */
export const textOf = (raw: string): string =>
  ascii.test(raw) ? raw : Buffer.from(raw, 'latin1').toString();

const numberOf = (value: string | undefined): number | undefined =>
  value === undefined || value === '' ? undefined : Number(value);

function timeOf(value: string | undefined): string | undefined {
  const [, day, clock, fraction = ''] = time.exec(value ?? '') ?? [];
  const text = `${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  return day === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
}

/** If a file in a cpio has several names, all but the last have its size but no data. */
function isCpioLink(block: Properties): boolean {
  const [links, size] = [block.get('Links'), block.get('Size')];
  return Number(links ?? 1) > 1 && Number(size ?? 0) > 0 && block.get('Packed Size') === '0';
}

function kindOf(block: Properties): EntryKind {
  const attributes = block.get('Attributes') ?? '';
  const mode = unixMode.exec(block.get('Mode') ?? attributes)?.[1];
  const windows = attributes.split(' ', 1)[0] ?? '';
  if (block.get('Symbolic Link') || block.get('Hard Link') || mode === 'l') return 'link';
  // A reparse point, which is how Windows stores a link.
  if (windows.includes('L')) return 'link';
  if (block.get('Folder') === '+' || mode === 'd' || windows.includes('D')) return 'directory';
  if (isCpioLink(block)) return 'link';
  // An NTFS alternate data stream.
  if (block.get('Alternate Stream') === '+') return 'special';
  return mode === undefined || mode === '-' ? 'file' : 'special';
}
