import { fitFileName } from '@comprimemelo/contracts/file-name';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

const unusable = (detail: string) => new ProblemError('unusable-name', { detail });

/**
 * The file name of a part, unchanged except for three cases: browsers and curl encode `"` as %22, some clients send a
 * whole path, of which only the last segment is used, and a name over `limits.nameBytes` is cut before its extension:
 * NTFS and APFS count characters, so names of theirs may be longer in UTF-8. Throws `unusable-name`. Source: the
 * multipart/form-data encoding of the WHATWG HTML Standard.
 */
export function partName(given: string): string {
  const name = given.replaceAll('%22', '"').split(/[/\\]/).at(-1) ?? '';
  if (name === '' || name === '.' || name === '..')
    throw unusable('A file has no usable name. Send a `filename` with each file.');
  if (name.includes('\0')) throw unusable('A file name contains a NUL character. Rename the file.');
  return fitFileName(name);
}

// Source: RFC 6838, section 4.2.
const restricted = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';
const mediaType = new RegExp(`^${restricted}/${restricted}$`, 'i');

/** The media type of a part if it is well-formed; otherwise application/octet-stream. */
export const partMediaType = (given: string): string =>
  mediaType.test(given) ? given.toLowerCase() : 'application/octet-stream';
