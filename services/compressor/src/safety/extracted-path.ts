/** The path that 7-Zip gives an entry's file: without empty parts and dots. */
export const extractedPath = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** The folder that the path lies in; empty at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/** Every folder that the path lies in, the innermost first. */
export function* foldersOf(path: string): Generator<string> {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) yield folder;
}
