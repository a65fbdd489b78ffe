import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import Seven from 'node-7z';

const lineFeed = 0x0a;
const backspace = 0x08;

/**
 * Makes lines of what 7-Zip draws over itself with backspaces. node-7z parses all that stands behind the last
 * line feed again with each piece that it gets, and stops at two empty lines; a piece that ends with a line
 * feed counts as one. So line feeds are never doubled and come with what follows them.
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
 * Calls back with the whole percents that 7-Zip draws on this stream, and with the files that it has done by
 * then; node-7z reads them.
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
  // node-7z looks for percents behind the first entry only, and entries are not named at log level 0.
  const makeLines = createLineMaker();
  stdout.emit('data', makeLines(Buffer.from('+ entries\n')));
  drawn.on('data', (piece: Uint8Array) => stdout.emit('data', makeLines(piece)));
}
