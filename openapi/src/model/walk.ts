export type Tree = Record<string, unknown>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const mapValues = (tree: Tree, change: (value: unknown) => unknown): Tree =>
  Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, change(value)]));

/** A JSON text that is the same for equal values, in whatever order their keys stand. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, child) =>
    isTree(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
