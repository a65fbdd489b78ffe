import type { Readable } from 'node:stream';

/** Characters of one line; a path in an archive can be longer than any file system takes. */
const longestLine = 1024 * 1024;

/** 7-Zip wrote a line that no honest archive makes it write. */
export class LineTooLongError extends Error {
  override name = 'LineTooLongError';
}

/**
 * The stream's lines, as many at a time as have arrived: a promise for each of a million would cost more than
 * 7-Zip does. They end by line feeds alone: a name may hold any other separator. Each byte comes as one
 * character, since names are bytes. Throws a LineTooLongError beyond 1 MiB of them.
 */
export async function* outputLines(stream: Readable): AsyncGenerator<string[]> {
  let rest = '';
  for await (const text of stream.setEncoding('latin1') as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new LineTooLongError();
    yield lines;
  }
  if (rest !== '') yield [rest];
}
