import { dirname, join } from 'node:path';

/**
 * Every form that names a module: `import`, `import type`, `export ... from`, `import()` of a value or a type,
 * `require`. Comments are read too: of what is imported nothing can be missed.
 */
const specifiers =
  /(?<![.\w'"`])(?:(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1|(?:import|require)\(\s*`([^`$]+)`)/g;

/** What a source names in its imports, as it is written. */
export const importsOf = (text: string): string[] =>
  [...text.matchAll(specifiers)].map(([, , quoted, template]) => quoted ?? template ?? '');

interface Known {
  readonly paths: ReadonlySet<string>;
  readonly packages: readonly { name: string; folder: string }[];
}

/** Compiled paths as those of their sources. */
const sourceOf = (path: string) => path.replace('/dist/', '/').replace(/\.([cm]?)js$/, '.$1ts');

/**
 * The file that an import leads to, as a path of the repository; `npm:<package>` or `node:<module>` elsewhere, and
 * `absent:<specifier>` where there is no such file.
 */
export function resolveImport(from: string, specifier: string, { paths, packages }: Known): string {
  const own = packages.find(({ name }) => specifier.startsWith(`${name}/`));
  if (!specifier.startsWith('.') && own === undefined) return nameOf(specifier);
  const path = own
    ? `${join(own.folder, 'src', specifier.slice(own.name.length + 1))}.ts`
    : join(dirname(from), specifier);
  const source = sourceOf(path);
  if (paths.has(source) || path.includes('/generated/')) return source;
  return paths.has(path) ? path : `absent:${specifier}`;
}

const nameOf = (specifier: string) =>
  specifier.startsWith('node:')
    ? specifier
    : `npm:${specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')}`;
