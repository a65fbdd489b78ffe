import type { Journey } from './journeys.js';
import { packers } from './trees/pack-tree.js';
import type { TreeEntry } from './trees/tree.js';

const isHolder = ({ path }: TreeEntry, tree: readonly TreeEntry[]) =>
  tree.some((other) => other.path.startsWith(`${path}/`));

/** What trees should have now and then. */
const features: Readonly<Record<string, (one: TreeEntry, tree: readonly TreeEntry[]) => boolean>> =
  {
    'an empty file': (one) => one.kind === 'file' && one.content.size === 0,
    'an empty folder': (one, tree) => one.kind === 'directory' && !isHolder(one, tree),
    'a file with holes': (one) => one.kind === 'file' && one.content.look === 'holes',
    'a hard link': (one) => one.kind === 'file' && one.linkTo !== undefined,
    'a link': (one) => one.kind === 'symlink',
    'a name that another is but for case': ({ path }, tree) =>
      tree.some((other) => other.path !== path && other.path.toLowerCase() === path.toLowerCase()),
    'a name that another is but for composition': ({ path }, tree) =>
      tree.some((other) => other.path !== path && other.path.normalize() === path.normalize()),
    'a name of full length': ({ path }) =>
      path.split('/').some((name) => Buffer.byteLength(name) === 255),
    'a decomposed name': ({ path }) => path.normalize() !== path,
    'a deep path': ({ path }) => path.split('/').length > 3,
    'what its owner may not read': (one) => one.kind !== 'symlink' && (one.mode & 0o400) === 0,
    'a time that 32 bits do not hold': ({ time }) => time.seconds >= 2 ** 31,
    'a time finer than 100 ns': ({ time }) => time.nanoseconds % 100 !== 0,
    'a file before its folder': (one, tree) =>
      tree.slice(tree.indexOf(one)).some((other) => one.path.startsWith(`${other.path}/`)),
  };

/** Everything that `featuresOf` can say. */
export const featureNames: readonly string[] = [
  'uploads',
  ...packers.map(({ name }) => name),
  ...Object.keys(features),
];

/** What a journey has, and how it begins. */
export function featuresOf({ tree, packer }: Journey): string[] {
  const found = Object.entries(features).filter(([, has]) => tree.some((one) => has(one, tree)));
  return [packer?.name ?? 'uploads', ...found.map(([name]) => name)];
}
