/** What a path in an archive became, so that it stays below the folder that it is extracted to. */
export interface PlacedPath {
  /** Relative, with slashes, without empty parts and dots; empty of the top folder itself. */
  readonly path: string;
  /** As the archive has it, in letters. */
  readonly shown: string;
  /** True if the path leads out of the archive. */
  readonly escapes: boolean;
  /** True if it was absolute: what made it so was taken off. */
  readonly absolute: boolean;
}

const drive = /^[A-Za-z]:(?=\/)/;
/** Parents that are meant in a path whose backslashes may be meant as separators. */
const upwards = /(?:^|[/\\])\.\.(?:[/\\]|$)/;

/**
 * Places a path of an archive. `backslashes` says that they separate, as in a zip from an MS-DOS or Windows program. A
 * path that leads out where they separate is refused where they do not, too: it may be opened on Windows.
 */
export function placePath(path: string, { backslashes }: { backslashes: boolean }): PlacedPath {
  const slashed = backslashes ? path.replaceAll('\\', '/') : path;
  const bare = slashed.replace(drive, '');
  const parts: string[] = [];
  let escapes = !backslashes && path.includes('\\') && upwards.test(path.replaceAll('/', '\\'));
  for (const part of bare.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) escapes = true;
  }
  return {
    path: parts.join('/'),
    shown: path,
    escapes,
    absolute: bare.startsWith('/') || bare !== slashed,
  };
}
