import type { Readable } from 'node:stream';

/** Characters of one line; a path in an archive can be longer than any file system takes. */
const longestLine = 1024 * 1024;

/**
 * The stream's lines, ended by line feeds alone: a name may hold any other separator. Bytes that are no
 * UTF-8 come as U+FFFD. Throws where a line is longer than 1 MiB of text.
 */
export async function* outputLines(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const text of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('a line of the output is too long');
    yield* lines;
  }
  if (rest !== '') yield rest;
}
