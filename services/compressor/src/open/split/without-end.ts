import { problemType } from '@comprimemelo/contracts/problems';
import { ArchiveFormatError } from '../../engines/entry.js';
import { SevenZipError } from '../../engines/process/seven-zip-error.js';
import type { EntryContent } from '../../engines/seven-zip/read-contents.js';
import { TaskFailure } from '../../job/task-failure.js';
import type { SplitArchive } from '../../volumes/archive-input.js';
import { laterMissing } from '../../volumes/missing-parts.js';
import type { ArchivePart, OpenArchive } from '../archive-part.js';

/** How 7-Zip and libarchive say that a file ends too early. */
const saysEnd = /Unexpected end of (?:archive|data)|[Tt]runcated|unexpected end/;
const saysEndHere = /ends (?:before|within)|end of the cpio/;

/** A joined archive that turns out to end too early lacks its last pieces: then `volumes-missing` is thrown. */
export async function withoutEnd(
  opened: Promise<OpenArchive>,
  split: SplitArchive,
): Promise<OpenArchive> {
  const archive = await opened.catch(orLaterMissing(split));
  return { ...archive, parts: archive.parts.map((part) => partWithoutEnd(part, split)) };
}

function partWithoutEnd(part: ArchivePart, split: SplitArchive): ArchivePart {
  return {
    ...part,
    list: (take) => part.list(take).catch(orLaterMissing(split)),
    async *read(wanted, report) {
      try {
        for await (const content of part.read(wanted, report))
          yield contentWithoutEnd(content, split);
      } catch (error) {
        orLaterMissing(split)(error);
      }
    },
  };
}

const contentWithoutEnd = ({ index, bytes }: EntryContent, split: SplitArchive): EntryContent => ({
  index,
  async *bytes() {
    try {
      yield* bytes();
    } catch (error) {
      orLaterMissing(split)(error);
    }
  },
});

const orLaterMissing =
  (split: SplitArchive) =>
  (error: unknown): never => {
    throw endsEarly(error, split) ? laterMissing(split.set, undefined, error) : error;
  };

/** 7-Zip says of a gz that ends too early what it says of one that is damaged; then the sizes of the pieces tell. */
function endsEarly(error: unknown, { even }: SplitArchive): boolean {
  if (!(error instanceof TaskFailure)) return false;
  const { problem, cause } = error;
  if (problem.type !== problemType('archive-corrupt')) return false;
  if (even) return true;
  if (cause instanceof ArchiveFormatError) return saysEndHere.test(cause.message);
  return cause instanceof SevenZipError && cause.says(saysEnd);
}
