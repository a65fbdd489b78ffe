import { limits } from '@comprimemelo/contracts/limits';
import { ProblemError } from '@comprimemelo/service/http/problem-error';

const unusable = (detail: string) => new ProblemError('unusable-name', { detail });

/**
 * The file name that a part gives, byte for byte but for two things: browsers and curl write `"` as %22
 * in a part's head, and some clients send a whole path, of which the last segment counts. Throws
 * `unusable-name`. Source: the multipart/form-data encoding of WHATWG's HTML standard.
 */
export function partName(given: string): string {
  const name = given.replaceAll('%22', '"').split(/[/\\]/).at(-1) ?? '';
  if (name === '' || name === '.' || name === '..') throw unusable('A file has no usable name.');
  if (name.includes('\0')) throw unusable('A file name holds a NUL character.');
  if (Buffer.byteLength(name) > limits.nameBytes) {
    throw unusable(`A file name is longer than ${limits.nameBytes} bytes in UTF-8.`);
  }
  return name;
}

// Source: RFC 6838, section 4.2.
const restricted = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';
const mediaType = new RegExp(`^${restricted}/${restricted}$`, 'i');

/** The media type that a part gives where it has the form of one, else that of mere bytes. */
export const partMediaType = (given: string): string =>
  mediaType.test(given) ? given.toLowerCase() : 'application/octet-stream';
