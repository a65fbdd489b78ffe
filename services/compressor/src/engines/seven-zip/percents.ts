import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import Seven from 'node-7z';

const lineFeed = 0x0a;
const backspace = 0x08;

/**
 * Converts the progress that 7-Zip redraws with backspaces to lines. node-7z parses everything after the last line
 * feed again with each chunk, and stops at two empty lines; a chunk that ends with a line feed counts as one. Line
 * feeds are therefore never doubled, and always sent together with what follows.
 */
function createLineMaker(): (drawn: Uint8Array) => Buffer {
  let isBroken = false;
  return (drawn) => {
    const lines: number[] = [];
    for (const byte of drawn) {
      if (byte === lineFeed || byte === backspace) {
        isBroken = true;
        continue;
      }
      if (isBroken) lines.push(lineFeed);
      lines.push(byte);
      isBroken = false;
    }
    return Buffer.from(lines);
  };
}

/**
 * Calls back with the percentage that 7-Zip prints on this stream and the number of files done so far, parsed by
 * node-7z.
 */
export function followPercents(
  drawn: Readable,
  onPercent: (percent: number, files: number) => void,
): void {
  const stdout = new EventEmitter();
  const view = Object.assign(new EventEmitter(), { stdout, stderr: new EventEmitter() });
  const seven = Seven.add('archive', '.', {
    $defer: true,
    $childProcess: view as unknown as ChildProcess,
    outputStreams: ['p1'],
  });
  seven.on('progress', ({ percent, fileCount }) =>
    onPercent(Math.min(percent, 100), fileCount || 0),
  );
  Seven.listen(seven).resume();
  // node-7z parses progress only after the first entry, and at log level 0 no entries are printed.
  const makeLines = createLineMaker();
  stdout.emit('data', makeLines(Buffer.from('+ entries\n')));
  drawn.on('data', (piece: Uint8Array) => stdout.emit('data', makeLines(piece)));
}
