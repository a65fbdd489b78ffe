import { posix } from 'node:path';
import type { EntryTime } from '../../../src/engines/entry.js';
import { twinOf } from './names.js';
import type { Plan } from './plan.js';
import type { Content, Tree, TreeEntry, TreeFile } from './tree.js';

/** Only root packs what its owner may not read. */
const least = process.getuid?.() === 0 ? 0 : 0o700;

/** Gives out paths, each once. */
function createPaths() {
  const folders = [''];
  const taken = new Set<string>();
  const take = (folder: number, name: string): string | undefined => {
    const path = posix.join(folders[folder % folders.length] ?? '', name);
    if (taken.has(path)) return undefined;
    taken.add(path);
    return path;
  };
  return {
    take,
    takeFolder(folder: number, name: string): string | undefined {
      const path = take(folder, name);
      if (path !== undefined) folders.push(path);
      return path;
    },
  };
}

type Paths = ReturnType<typeof createPaths>;

function growFolders({ folders }: Plan, paths: Paths): TreeEntry[] {
  return folders.flatMap(({ folder, name, twin, isPacked, mode, time }) => {
    const names = [name, twin === undefined ? undefined : twinOf(name, twin)];
    const own = names.flatMap((one) => (one && paths.takeFolder(folder, one)) || []);
    return isPacked ? own.map((path) => directory(path, mode, time)) : [];
  });
}

const directory = (path: string, mode: number, time: EntryTime): TreeEntry => ({
  kind: 'directory',
  ...{ path, mode: mode | least, time },
});

/** Each file with its hard links behind it. */
function growFiles({ files }: Plan, paths: Paths): TreeFile[][] {
  return files.flatMap(({ folder, name, twin, others = [], mode, time, content }) => {
    const file = (path: string, own: Content): TreeFile => ({
      kind: 'file',
      ...{ path, content: own, mode: mode | least, time },
    });
    const own = [{ folder, name }, ...others].flatMap((one) => {
      const path = paths.take(one.folder, one.name);
      return path === undefined ? [] : [file(path, content)];
    });
    const double = twin === undefined ? undefined : twinOf(name, twin);
    const beside = double && paths.take(folder, double);
    return [own, beside ? [file(beside, { ...content, seed: content.seed + 1 })] : []];
  });
}

/** Links within the tree. What leads out of it where a backslash separates is no such link: it is never kept. */
function growLinks({ links }: Plan, paths: Paths, entries: readonly TreeEntry[]): TreeEntry[] {
  return links.flatMap(({ folder, name, time, to, dangles }) => {
    const path = paths.take(folder, name);
    if (path === undefined) return [];
    const aim = dangles ?? entries[to % entries.length]?.path ?? 'nothing';
    const relative = posix.relative(posix.dirname(path), aim) || '.';
    const target = relative.includes('\\') ? 'nothing' : relative;
    return [{ kind: 'symlink', path, target, time }];
  });
}

/** The first of a file's names in the order of the archive has the content, the others are links to it. */
function linked(entries: readonly TreeEntry[], groups: readonly TreeFile[][]): Tree {
  const groupOf = new Map(groups.flatMap((group) => group.map((one) => [one.path, group])));
  const first = new Map<readonly TreeFile[], string>();
  return entries.map((entry) => {
    const group = groupOf.get(entry.path);
    if (entry.kind !== 'file' || group === undefined) return entry;
    const linkTo = first.get(group);
    if (linkTo !== undefined) return { ...entry, linkTo };
    first.set(group, entry.path);
    return entry;
  });
}

/** The tree of a plan. What has no path of its own is left out. */
export function growTree(plan: Plan): Tree {
  const paths = createPaths();
  const folders = growFolders(plan, paths);
  const files = growFiles(plan, paths);
  const most = [...folders, ...files.flat()];
  const all = [...most, ...growLinks(plan, paths, most)];
  const { order } = plan;
  const placed = all.map((entry, at) => ({ entry, at: order[at % order.length] ?? 0 }));
  placed.sort((one, other) => one.at - other.at);
  return linked(
    placed.map(({ entry }) => entry),
    files,
  );
}

/** The tree with its first file alone, or one that is empty. */
export function withOneFile(tree: Tree): Tree {
  const file = tree.find(({ kind }) => kind === 'file') ?? fallback;
  return [...tree.filter(({ kind }) => kind !== 'file'), file];
}

const fallback: TreeFile = {
  kind: 'file',
  path: 'only one of its name',
  content: { look: 'noise', size: 0, seed: 0 },
  mode: 0o644,
  time: { seconds: 1, nanoseconds: 0 },
};
