import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The packages that the root's tsconfig.json builds. */
function builtPackages(root: string): string[] {
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[];
  };
  return references.map(({ path }) => path);
}

const sourceOf = (compiled: string) =>
  compiled.replace('/dist/test/', '/test/').replace(/\.js$/, '.ts');

/**
 * The compiled test files of the workspace, relative to its root. One whose source is gone is left out: the
 * compiler removes nothing. With words, the files whose path holds one of them.
 */
export function findTestFiles(root: string, words: readonly string[] = []): string[] {
  const files = builtPackages(root).flatMap((name) => {
    const directory = join(root, name, 'dist/test');
    if (!existsSync(directory)) return [];
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.js'))
      .map((file) => relative(root, join(directory, file)));
  });
  return files
    .filter((file) => existsSync(join(root, sourceOf(file))))
    .filter((file) => words.length === 0 || words.some((word) => sourceOf(file).includes(word)))
    .sort();
}
