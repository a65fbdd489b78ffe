import { link, mkdir, open, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import { stretchesOf } from './content.js';
import type { Tree, TreeEntry, TreeFile } from './tree.js';

/** Lays a tree out below an empty folder, holes and all. */
export async function layTree(folder: string, tree: Tree): Promise<void> {
  for (const { kind, path } of tree) {
    await mkdir(join(folder, kind === 'directory' ? path : dirname(path)), { recursive: true });
  }
  for (const entry of tree) if (entry.kind === 'file') await layFile(folder, entry);
  for (const entry of tree) {
    if (entry.kind === 'symlink') await symlink(entry.target, join(folder, entry.path));
  }
  await setMetadata(folder, tree);
}

async function layFile(folder: string, { path, content, linkTo }: TreeFile): Promise<void> {
  if (linkTo !== undefined) return link(join(folder, linkTo), join(folder, path));
  const file = await open(join(folder, path), 'wx');
  try {
    await file.truncate(content.size);
    for (const { at, bytes } of stretchesOf(content)) await file.write(bytes, 0, bytes.length, at);
  } finally {
    await file.close();
  }
}

const timeOf = ({ time: { seconds, nanoseconds } }: TreeEntry): string =>
  `@${seconds}.${String(nanoseconds).padStart(9, '0')}`;

const modeOf = (entry: TreeEntry): string =>
  entry.kind === 'symlink' ? '' : entry.mode.toString(8);

/** touch sets times to the nanosecond, which Node does not. The deepest first: no folder is closed too early. */
async function setMetadata(folder: string, tree: Tree): Promise<void> {
  const deepest = tree.toSorted((one, other) => depthOf(other) - depthOf(one));
  const lines =
    'while (($#)); do touch -hd "$1" "./$3"; [ -z "$2" ] || chmod "$2" "./$3"; shift 3; done';
  await runShell(folder, lines, ...deepest.flatMap((one) => [timeOf(one), modeOf(one), one.path]));
}

const depthOf = ({ path }: TreeEntry): number => path.split('/').length;
