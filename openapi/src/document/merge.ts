import { isDeepStrictEqual } from 'node:util';
import type { OpenApiDocument } from '../model/document.js';

/** What one service adds to the document of all of them. */
export type Part = Pick<OpenApiDocument, 'paths' | 'components'>;

/** Two services serve the same operation, or say different things under one name. */
export class MergeError extends Error {
  override name = 'MergeError';
}

type Entries<Value> = Record<string, Record<string, Value>>;

/**
 * Each outer name with the inner entries of all parts: a path with its methods, a section of components
 * with its names. `clash` says whether two entries at one place may not be.
 */
function union<Value>(
  all: readonly Entries<Value>[],
  clash: (one: Value, other: Value) => boolean,
): Entries<Value> {
  const merged = new Map<string, Map<string, Value>>();
  for (const [outer, entries] of all.flatMap((part) => Object.entries(part))) {
    const known = merged.get(outer) ?? new Map<string, Value>();
    merged.set(outer, known);
    for (const [inner, value] of Object.entries(entries)) {
      const other = known.get(inner);
      if (other !== undefined && clash(other, value)) {
        throw new MergeError(`two services define ${inner} of ${outer} differently`);
      }
      known.set(inner, value);
    }
  }
  return Object.fromEntries([...merged].map(([name, known]) => [name, Object.fromEntries(known)]));
}

const byName = <Value>(entries: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * One document of the services' parts: `base` says what it is, the parts what can be done. Components of
 * the same name must be equal. Throws a MergeError where they are not, and where two parts have the same
 * path and method. Paths keep their order; components go by name.
 */
export function mergeParts(
  base: Omit<OpenApiDocument, 'paths' | 'components'>,
  parts: readonly Part[],
): OpenApiDocument {
  const paths = union(
    parts.map((part) => part.paths),
    () => true,
  );
  const components = union(
    parts.map((part) => part.components),
    (one, other) => !isDeepStrictEqual(one, other),
  );
  const sections = Object.entries(components).map(([name, entries]) => [name, byName(entries)]);
  return { ...base, paths, components: byName(Object.fromEntries(sections)) };
}
