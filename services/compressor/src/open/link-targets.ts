import type { OpenEntry } from '../engines/entry.js';
import { TaskFailure } from '../job/task-failure.js';
import { extractedPath } from '../safety/extracted-path.js';

/** The entries that hard links of an archive lead to, by their extracted paths, with the bytes of their content. */
export type LinkTargets = ReadonlyMap<string, { readonly size: number }>;

/** Paths that hard links may lead to: more than are ever extracted. */
const mostPaths = 1_000_000;

/** Where the hard links of an archive lead. Most archives have none: nothing is held of those. */
export async function findLinkedPaths(entries: AsyncIterable<OpenEntry>): Promise<Set<string>> {
  const paths = new Set<string>();
  for await (const { entry } of entries) {
    if (entry.type === 'hardlink') paths.add(extractedPath(entry.target ?? ''));
    if (paths.size > mostPaths) throw new TaskFailure('archive-too-large');
  }
  return paths;
}

/**
 * The entries at those paths, hard links to hard links included. A link that comes before what it leads to leads
 * nowhere, as in every reader.
 */
export async function findLinkTargets(
  entries: AsyncIterable<OpenEntry>,
  paths: ReadonlySet<string>,
): Promise<LinkTargets> {
  const targets = new Map<string, { size: number }>();
  for await (const { entry } of entries) {
    const path = extractedPath(entry.rawPath);
    if (!paths.has(path)) continue;
    if (entry.type === 'file') targets.set(path, { size: entry.size });
    const target = targets.get(extractedPath(entry.target ?? ''));
    if (entry.type === 'hardlink' && target) targets.set(path, target);
  }
  return targets;
}
