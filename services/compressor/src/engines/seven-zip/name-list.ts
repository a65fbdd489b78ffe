import { writeFile } from 'node:fs/promises';

/**
 * Writes a list file for 7-Zip with one path per line. Paths have one character per byte and no line feeds. They are
 * quoted, because 7-Zip strips spaces around a line and then the quotes.
 */
export const writeNameList = (file: string, rawPaths: readonly string[]): Promise<void> =>
  writeFile(file, rawPaths.map((path) => `"${path}"\n`).join(''), {
    encoding: 'latin1',
    flag: 'wx',
  });
