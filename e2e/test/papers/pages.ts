import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. This file runs as e2e/dist/test/papers/pages.js. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The origin that the pages write everywhere. */
export const writtenOrigin = 'http://127.0.0.1:8080';

/** What is not ours to check, or not in the repository. */
const leftOut = new Set(['node_modules', 'dist', 'generated', 'shared']);

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return leftOut.has(entry.name) || entry.name.startsWith('.') ? [] : below(path);
    }
    return [path];
  });
}

/** Every file of the checkout that may be ours, by its path. */
export const files: readonly string[] = below('.');

export const pages: readonly string[] = files.filter((path) => path.endsWith('.md'));

/** The text under a heading of the second level. Throws where there is none. */
export function section(text: string, title: string): string {
  const part = text.split(/^## /m).find((one) => one.startsWith(`${title}\n`));
  if (part === undefined) throw new Error(`There is no section ${title}`);
  return part;
}

const shellBlock = /^```sh\n(.*?)^```$/gms;

export const withoutShell = (text: string): string => text.replace(shellBlock, '');

/** The shell lines of a page by the heading of the second level that they stand under; '' before the first. */
export function shellSteps(text: string): Map<string, string> {
  const parts = text.split(/^## /m).map((part, index) => {
    const lines = [...part.matchAll(shellBlock)].map(([, block]) => block ?? '');
    return [index === 0 ? '' : part.slice(0, part.indexOf('\n')), lines.join('')] as const;
  });
  return new Map(parts.filter(([, lines]) => lines !== ''));
}

/** The cells of a text's tables, row by row, without the rows of dashes. */
export const tableRows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

/** A page's text without its blocks of code. */
export const withoutBlocks = (text: string): string => text.replace(/^```.*?^```$/gms, '');

/** Every word in backticks, blocks of code left out. */
export const quoted = (text = ''): string[] =>
  [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '');

/** Every word in backticks in the first column of a text's tables. */
export const tableNames = (text: string): string[] =>
  tableRows(text).flatMap(([first]) => quoted(first));
