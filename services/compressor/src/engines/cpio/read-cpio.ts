import type { ByteSource } from '../byte-source.js';
import { ArchiveFormatError, type EngineEntry, type EntryType, type OpenEntry } from '../entry.js';
import { type CpioHeader, type CpioLayout, layoutOf } from './header.js';

/** The name of the entry that ends the archive. */
const trailer = 'TRAILER!!!';
/** Longer than any path; a path is held in memory. */
const mostPathBytes = 64 * 1024;
/** Of a symbolic link, whose content is where it leads. */
const mostTargetBytes = 64 * 1024;

const fileType = 0o170000;
const types: ReadonlyMap<number, EntryType> = new Map([
  [0o040000, 'directory'],
  [0o100000, 'file'],
  [0o120000, 'symlink'],
]);

interface Place {
  readonly header: CpioHeader;
  readonly layout: CpioLayout;
  readonly rawPath: string;
}

const padding = (length: number, alignment: number): number =>
  (alignment - (length % alignment)) % alignment;

/**
 * Reads a cpio: newc, crc, odc, and the old binary format of both byte orders. Of several names of one file in a newc
 * the last has the content; the others come out as hard links to it, after it. Throws an ArchiveFormatError where a
 * header is damaged or an entry is cut off. Source: cpio(5) of libarchive; GNU cpio.
 */
export async function* readCpio(source: ByteSource): AsyncGenerator<OpenEntry> {
  const waiting = new Map<string, Place[]>();
  for (;;) {
    const place = await nextPlace(source);
    if (place === undefined) break;
    const { header, rawPath } = place;
    const start = source.position;
    if (start + header.size > source.size) throw cutOff(rawPath);
    const others = waiting.get(header.inode) ?? [];
    if (isNameAlone(place)) waiting.set(header.inode, [...others, place]);
    else {
      yield* openEntry(source, place);
      for (const other of others) yield linkTo(other, rawPath);
      waiting.delete(header.inode);
    }
    const padded = header.size + padding(header.size, place.layout.alignment);
    source.skip(start + padded - source.position);
  }
  // Names of an empty file, or of one whose content never came: nothing is lost by empty files.
  for (const places of waiting.values()) yield* emptyFile(places);
}

const cutOff = (rawPath: string) =>
  new ArchiveFormatError('The archive ends before the entry does.', rawPath);

/** A further name of a file whose content stands, or stood, elsewhere. */
const isNameAlone = ({ header, layout }: Place): boolean =>
  layout.alignment === 4 && typeOf(header) === 'file' && header.links > 1 && header.size === 0;

const typeOf = ({ mode }: CpioHeader): EntryType => types.get(mode & fileType) ?? 'special';

async function nextPlace(source: ByteSource): Promise<Place | undefined> {
  const start = await source.peek(6);
  if (start.length === 0) throw new ArchiveFormatError('The end of the cpio is missing.');
  const layout = layoutOf(start);
  const bytes = await source.read(layout?.headerBytes ?? 0);
  if (layout === undefined || bytes.length < layout.headerBytes) {
    throw new ArchiveFormatError('A header of the cpio is damaged.');
  }
  const header = layout.read(bytes);
  if (header.pathBytes < 1 || header.pathBytes > mostPathBytes) {
    throw new ArchiveFormatError('A header of the cpio is damaged.');
  }
  const path = await source.read(header.pathBytes);
  source.skip(padding(layout.headerBytes + header.pathBytes, layout.alignment));
  const rawPath = path.toString('latin1').replace(/\0[\s\S]*$/, '');
  return rawPath === trailer ? undefined : { header, layout, rawPath };
}

async function* openEntry(source: ByteSource, place: Place): AsyncGenerator<OpenEntry> {
  const { header, rawPath } = place;
  const type = typeOf(header);
  if (type !== 'symlink') {
    const size = type === 'file' ? header.size : 0;
    yield { entry: entryOf(place, { type, size }), content: () => source.pieces(size) };
    return;
  }
  if (header.size > mostTargetBytes) {
    throw new ArchiveFormatError('A symbolic link is longer than a path can be.', rawPath);
  }
  const target = (await source.read(header.size)).toString('latin1').replace(/\0[\s\S]*$/, '');
  yield { entry: entryOf(place, { type, size: 0, target }), content: noContent };
}

async function* noContent(): AsyncGenerator<Buffer> {}

const entryOf = (
  { header, layout, rawPath }: Place,
  rest: Pick<EngineEntry, 'type' | 'size' | 'target'>,
): EngineEntry => ({
  rawPath,
  packedSize: rest.size + padding(rest.size, layout.alignment),
  mode: header.mode & 0o7777,
  modified: { seconds: header.modified, nanoseconds: 0 },
  ...rest,
});

const linkTo = (place: Place, target: string): OpenEntry => ({
  entry: entryOf(place, { type: 'hardlink', size: 0, target }),
  content: noContent,
});

function* emptyFile([first, ...others]: readonly Place[]): Generator<OpenEntry> {
  if (first === undefined) return;
  yield { entry: entryOf(first, { type: 'file', size: 0 }), content: noContent };
  for (const other of others) yield linkTo(other, first.rawPath);
}
