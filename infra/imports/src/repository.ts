import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { importsOf, resolveImport } from './read-imports.js';

/** A source file: paths are relative to the root of the repository. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** What it imports, for its types alone too: paths of the repository, `npm:<package>` or `node:<module>`. */
  readonly imports: readonly string[];
}

export interface Package {
  readonly folder: string;
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly exports: readonly string[];
}

export interface Repository {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly packages: readonly Package[];
}

/** Neither is written by hand: what is installed, compiled, generated, or kept by a run. */
const leftOut = new Set(['node_modules', 'dist', 'generated', 'shared']);
const isSource = (name: string) => /\.[cm]?[jt]sx?$/.test(name) && !name.endsWith('.d.ts');

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || leftOut.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

interface Manifest {
  name?: string;
  dependencies?: Record<string, string>;
  exports?: unknown;
}

function readPackage(root: string, path: string): Package {
  const { name, dependencies, exports } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return {
    folder: dirname(relative(root, path)),
    name: name ?? '',
    dependencies: Object.keys(dependencies ?? {}),
    exports: JSON.stringify(exports ?? {}).match(/"\.\/[^"]*"/g) ?? [],
  };
}

/** Reads every source file of the working tree below `root`, and what each imports. */
export function readRepository(root: string): Repository {
  const paths = [...filesBelow(root)];
  const packages = paths
    .filter((path) => path.endsWith('/package.json'))
    .map((path) => readPackage(root, path));
  const sources = paths.filter(isSource).map((path) => relative(root, path));
  const known = { paths: new Set(sources), packages };
  const files = sources.map((path): [string, SourceFile] => {
    const text = readFileSync(join(root, path), 'utf8');
    const imports = importsOf(text).map((specifier) => resolveImport(path, specifier, known));
    return [path, { path, text, imports }];
  });
  return { files: new Map(files), packages };
}
