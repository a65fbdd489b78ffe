import type { Readable } from 'node:stream';

/** Maximum characters per line. A path in an archive can be longer than any file system allows. */
const longestLine = 1024 * 1024;

/** 7-Zip wrote a line that is too long for any legitimate archive. */
export class LineTooLongError extends Error {
  override name = 'LineTooLongError';
}

/**
 * Yields the lines of a stream in batches as they arrive, because a promise for each of a million lines would cost
 * more than 7-Zip itself. Only line feeds end a line: a name may contain any other separator. Each byte becomes one
 * character, because names are bytes. Throws a LineTooLongError after 1 MiB without a line feed.
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
