import type { EntryKind } from '@comprimemelo/contracts/archive';
import type { EntryTime, ListedEntry } from '../entry.js';
import { dictionaryBytes } from './dictionary.js';
import { modeOf } from './mode.js';

type Properties = Map<string, string>;

/** The spelling of ARJ, and of LZH. ARJ stores Unix seconds here, which 7-Zip misreads as an MS-DOS time. */
const arjOfUnix = 'UNIX';

const assignment = ' = ';
const time = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?$/;
const crc = /^[\dA-F]{8}$/;
/** LZH has a CRC-16, which 7-Zip shows with as many digits. */
const isLzh = (block: Properties): boolean => /^-\w{3}-$/.test(block.get('Method') ?? '');

/**
 * Parses the lines of `7zz l -slt -ba`, one character per byte: a block of `Property = value` lines for each entry.
 * Information about the archive itself is suppressed, because its comment could look like entries. 7-Zip prints line
 * feeds inside an entry as `_`. `unnamed` is what it calls an entry without a name. Yields entries in batches as they
 * arrive and keeps none.
 */
export async function* readListing(
  output: AsyncIterable<readonly string[]>,
  unnamed?: string,
): AsyncGenerator<ListedEntry[]> {
  let block: Properties = new Map();
  for await (const lines of output) {
    const entries: ListedEntry[] = [];
    for (const line of lines) {
      if (line !== '') {
        readProperty(line, block);
      } else if (block.size > 0) {
        if (!isPadding(block, unnamed)) entries.push(entryOf(block));
        block = new Map();
      }
    }
    yield entries;
  }
  if (block.size > 0 && !isPadding(block, unnamed)) yield [entryOf(block)];
}

/**
 * True of an empty member of a zip that its directory does not have: Android's build tools align an APK with one, which has
 * no name. 7-Zip lists it by the name of the file.
 */
const isPadding = (block: Properties, unnamed: string | undefined): boolean =>
  block.get('Path') === unnamed &&
  /^Local\b/.test(block.get('Characteristics') ?? '') &&
  block.get('Size') === '0' &&
  block.get('Packed Size') === '0';

function readProperty(line: string, block: Properties): void {
  const at = line.indexOf(assignment);
  if (at < 0) return;
  const name = line.slice(0, at);
  if (!block.has(name)) block.set(name, line.slice(at + assignment.length));
}

/** LZH stores a symbolic link of Unix as a directory by the name of `link|target`. */
function lzhLinkOf(block: Properties): { rawPath: string; linkTarget: string } | undefined {
  const [rawPath = '', linkTarget] = (block.get('Path') ?? '').split('|');
  return isLzh(block) && linkTarget !== undefined ? { rawPath, linkTarget } : undefined;
}

function entryOf(block: Properties): ListedEntry {
  const lzhLink = lzhLinkOf(block);
  const rawPath = lzhLink?.rawPath ?? block.get('Path') ?? '';
  const host = block.get('Host OS');
  const sum = block.get('CRC') ?? '';
  return {
    rawPath,
    ...(/\bUTF8\b/.test(block.get('Characteristics') ?? '') ? { markedUtf8: true } : {}),
    kind: lzhLink ? 'link' : kindOf(block),
    size: numberOf(block.get('Size')),
    packedSize: numberOf(block.get('Packed Size')),
    modified: host === arjOfUnix && !isLzh(block) ? undefined : timeOf(block.get('Modified')),
    encrypted: block.get('Encrypted') === '+',
    dictionaryBytes: dictionaryBytes(block.get('Method') ?? ''),
    ...(block.get('Comment') ? { commented: true } : {}),
    ...(block.get('Method') ? { method: `${block.get('Method')}` } : {}),
    host,
    mode: modeOf(block)?.bits,
    ...(lzhLink ? { symlink: true, linkTarget: lzhLink.linkTarget } : linkOf(block)),
    ...(block.get('Split Before') === '+' ? { continued: true } : {}),
    ...(crc.test(sum) && !isLzh(block) ? { crc32: Number.parseInt(sum, 16) } : {}),
  };
}

/** Where a link leads, if the listing says so: many formats keep that as its content. */
function linkOf(
  block: Properties,
): Pick<ListedEntry, 'symlink' | 'linkTarget' | 'hardLinkTo' | 'copied'> {
  const target = block.get('Symbolic Link');
  if (target) return { symlink: true, linkTarget: target };
  const hardLinkTo = block.get('Hard Link');
  if (hardLinkTo) return { hardLinkTo };
  const copyOf = block.get('Copy Link');
  if (copyOf) return { hardLinkTo: copyOf, copied: true };
  return modeOf(block)?.type === 'l' ? { symlink: true } : {};
}

const numberOf = (value: string | undefined): number | undefined =>
  value === undefined || value === '' ? undefined : Number(value);

function timeOf(value: string | undefined): EntryTime | undefined {
  const [, day, clock, fraction = ''] = time.exec(value ?? '') ?? [];
  const milliseconds = Date.parse(`${day}T${clock}Z`);
  if (day === undefined || Number.isNaN(milliseconds)) return undefined;
  return {
    seconds: milliseconds / 1_000,
    nanoseconds: Number(fraction.slice(0, 9).padEnd(9, '0')),
  };
}

function kindOf(block: Properties): EntryKind {
  const attributes = block.get('Attributes') ?? '';
  const mode = modeOf(block)?.type;
  const windows = attributes.split(' ', 1)[0] ?? '';
  if (block.get('Symbolic Link') || mode === 'l') return 'link';
  if (block.get('Hard Link')) return 'file';
  // A reparse point, which is how Windows stores a link.
  if (windows.includes('L')) return 'link';
  if (block.get('Folder') === '+' || mode === 'd' || windows.includes('D')) return 'directory';
  // An NTFS alternate data stream.
  if (block.get('Alternate Stream') === '+') return 'special';
  if (mode === undefined || mode === '-') return 'file';
  // A zip that was made from a pipe has the mode of the pipe, and its bytes.
  return Number(block.get('Size') ?? 0) > 0 ? 'file' : 'special';
}
