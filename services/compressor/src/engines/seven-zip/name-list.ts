import { writeFile } from 'node:fs/promises';

/**
 * Writes a file that names paths for 7-Zip, a line each. They have one character a byte, and no line feeds.
 * 7-Zip drops blanks around a line, and quotes around what is left.
 */
export const writeNameList = (file: string, rawPaths: readonly string[]): Promise<void> =>
  writeFile(file, rawPaths.map((path) => `"${path}"\n`).join(''), {
    encoding: 'latin1',
    flag: 'wx',
  });
