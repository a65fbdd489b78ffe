import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import { sha256 } from '../../fixtures/read-entries.js';
import type { Held } from '../held.js';
import { bytesOf } from './content.js';
import { layTree } from './lay-tree.js';
import type { Tree, TreeEntry } from './tree.js';

export interface Packer {
  readonly name: string;
  /** A line of shell in the tree: `$1` is the tar, `$2` a file with a path between every two zero bytes. */
  readonly line: string;
  /** Nanoseconds from one time that it writes to the next. */
  readonly step: number;
}

const named = '--no-recursion --null --no-unquote -T "$2"';
const gnu = (name: string, switches: string, step: number): Packer => ({
  name,
  line: `tar ${switches} -cf "$1" ${named}`,
  step,
});

/** How real programs pack. GNU tar writes holes only when it is told, bsdtar always; bsdtar cuts names like those of drives without -P. */
export const packers: readonly Packer[] = [
  gnu('GNU tar, pax', '--format=pax', 1),
  gnu('GNU tar, its own format', '--format=gnu --sparse', 1e9),
  gnu('GNU tar, holes as in pax 0.1', '--format=pax --sparse --sparse-version=0.1', 1),
  gnu('GNU tar, holes as in pax 1.0', '--format=pax --sparse --sparse-version=1.0', 1),
  { name: 'bsdtar', line: 'bsdtar --format=pax -cnPf "$1" --null -T "$2"', step: 1 },
];

/** Lays the tree out and packs it to `tree.tar` in an empty folder. Gives what the tar holds. */
export async function packTree(
  folder: string,
  tree: Tree,
  { line, step }: Packer,
): Promise<readonly Held[]> {
  const root = join(folder, 'tree');
  await mkdir(root);
  await layTree(root, tree);
  const list = join(folder, 'list');
  await writeFile(list, tree.map(({ path }) => `${path}\0`).join(''));
  await runShell(root, line, join(folder, 'tree.tar'), list);
  return tree.map((entry): Held => {
    const { kind, path, time } = entry;
    return {
      ...{ kind, path },
      sha256: entry.kind === 'file' ? sha256(bytesOf(entry.content)) : '',
      mode: entry.kind === 'symlink' ? 0o777 : entry.mode,
      time: { ...time, nanoseconds: time.nanoseconds - (time.nanoseconds % step) },
      target: targetOf(entry),
    };
  });
}

const targetOf = (entry: TreeEntry): string => {
  if (entry.kind === 'symlink') return entry.target;
  return entry.kind === 'file' ? (entry.linkTo ?? '') : '';
};
