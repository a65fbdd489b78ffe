import { fitFileName } from '@comprimemelo/contracts/file-name';
import { limits } from '@comprimemelo/contracts/limits';
import { shownValue } from '@comprimemelo/service/input/field-words';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

const unusable = (detail: string) => new ProblemError('unusable-name', { detail });

/** From the root of a disk, a share of Windows, or a drive. */
const absolute = /^(?:[/\\]|[a-z]:[/\\])/i;

function refuseOutside(path: string, segments: readonly string[]): void {
  const relative = 'Send a path relative to the folder that you upload, or the name alone.';
  if (absolute.test(path))
    throw unusable(`The file name ${shownValue(path)} is an absolute path. ${relative}`);
  if (segments.includes('..'))
    throw unusable(
      `The file name ${shownValue(path)} leads out of its folder by "..". ${relative}`,
    );
}

/**
 * The relative path of a part, with slashes and without empty parts and dots; its last segment is the file's name.
 * A line end becomes `_`: no header could carry it. Every segment over `limits.nameBytes` is cut, a name before its extension: NTFS
 * and APFS count characters, so names of theirs may be longer in UTF-8. Throws `unusable-name`.
 */
export function partPath(given: string): string {
  const path = given.replace(/[\r\n]/g, '_');
  if (path.includes('\0')) throw unusable('A file name contains a NUL character. Rename the file.');
  const segments = path.split(/[/\\]/);
  refuseOutside(path, segments);
  const name = segments.at(-1) ?? '';
  if (name === '' || name === '.')
    throw unusable('A file has no usable name. Send a `filename` with each file.');
  const kept = segments.filter((segment) => segment !== '' && segment !== '.');
  const fitting = kept.map((segment) => fitFileName(segment)).join('/');
  if (Buffer.byteLength(fitting) <= limits.uploadPathBytes) return fitting;
  throw unusable(
    `The path of a file has more than ${limits.uploadPathBytes} bytes. Use shorter names of folders.`,
  );
}

/**
 * The path in the file name of a part: browsers send `webkitRelativePath` as the file name, and encode `"` as %22, as
 * curl does. Source: the multipart/form-data encoding of the WHATWG HTML Standard.
 */
export const fileNamePath = (fileName: string): string => partPath(fileName.replaceAll('%22', '"'));
