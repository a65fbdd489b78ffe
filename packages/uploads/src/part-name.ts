import { limits } from '@comprimemelo/contracts/limits';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

const unusable = (detail: string) => new ProblemError('unusable-name', { detail });

/**
 * The file name of a part, unchanged except for two cases: browsers and curl encode `"` as %22, and some clients send
 * a whole path, of which only the last segment is used. Throws `unusable-name`. Source: the multipart/form-data
 * encoding of the WHATWG HTML Standard.
 */
export function partName(given: string): string {
  const name = given.replaceAll('%22', '"').split(/[/\\]/).at(-1) ?? '';
  if (name === '' || name === '.' || name === '..')
    throw unusable('A file has no usable name. Send a `filename` with each file.');
  if (name.includes('\0')) throw unusable('A file name contains a NUL character. Rename the file.');
  if (Buffer.byteLength(name) > limits.nameBytes) {
    throw unusable(
      `A file name exceeds the limit of ${limits.nameBytes} bytes in UTF-8. Rename the file.`,
    );
  }
  return name;
}

// Source: RFC 6838, section 4.2.
const restricted = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';
const mediaType = new RegExp(`^${restricted}/${restricted}$`, 'i');

/** The media type of a part if it is well-formed; otherwise application/octet-stream. */
export const partMediaType = (given: string): string =>
  mediaType.test(given) ? given.toLowerCase() : 'application/octet-stream';
