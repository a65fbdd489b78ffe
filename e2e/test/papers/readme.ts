import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The checkout. This file runs as e2e/dist/test/readme.js. */
export const root = fileURLToPath(new URL('../../../../', import.meta.url));

export const readme = readFileSync(`${root}README.md`, 'utf8');

/** The origin that README.md writes everywhere. */
export const writtenOrigin = 'http://127.0.0.1:8080';

/** The text under a heading of the second level. Throws where there is none. */
export function section(title: string): string {
  const text = readme.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  if (text === undefined) throw new Error(`README.md has no section ${title}`);
  return text;
}

const shellBlock = /^```sh\n(.*?)^```$/gms;

export const withoutShell = (text: string): string => text.replace(shellBlock, '');

/** The shell lines of the tour by the heading that they stand under. */
export function tourSteps(): Map<string, string> {
  const [, ...parts] = section('A five-minute tour').split(/^### /m);
  return new Map(
    parts.map((part) => {
      const lines = [...part.matchAll(shellBlock)].map(([, block]) => block ?? '');
      return [part.slice(0, part.indexOf('\n')), lines.join('')];
    }),
  );
}

/** Every word in backticks in the first column of a section's tables. */
export const tableNames = (title: string): string[] =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)])
    .map(([, name]) => name ?? '');
