import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { testVariables } from './test-environment.js';
import { weightOf } from './test-weights.js';

/** By one of these a test has a server: packages/testing, the nginx of its own, or what `npm test` has started. */
const servers = new RegExp(
  [
    '@comprimemelo/testing/(?:broker|database|storage)\\b',
    '\\bnginxRig\\b',
    `\\b(?:${testVariables.join('|')})\\b`,
  ].join('|'),
);

/** CPU seconds above which a file is too slow for the unit lane. */
const mostSeconds = 5;

/** The files that this one imports by a relative path. */
const importsOf = (file: string, text: string) =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
    .map(([, path = '']) => join(dirname(file), path))
    .filter((path) => path.includes('/dist/test/') && existsSync(path));

/** True where the compiled test file, or a fixture that it imports, asks for a server. */
function asksForServer(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  return servers.test(text) || importsOf(file, text).some((path) => asksForServer(path, seen));
}

/**
 * Of these compiled test files, relative to the root: those of the unit lane, which run without any server and in
 * less than a minute altogether.
 */
export const unitTests = (root: string, files: readonly string[]): string[] =>
  files.filter((file) => weightOf(file) <= mostSeconds && !asksForServer(join(root, file)));
