import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { searchPath } from '@comprimemelo/testing/config';
import type { Held } from './held.js';
import { readerProgram } from './reader-program.js';

interface ReadEntry extends Omit<Held, 'time'> {
  readonly seconds: number | null;
  readonly nanoseconds: number;
}

/** A Python that reads archives of the written formats but 7z, one behind the other: starting one for each takes longer. */
export interface ArchiveReader {
  /** What an archive holds, in its order. A single file has no path. */
  read(archive: string): Promise<readonly Held[]>;
  close(): Promise<void>;
}

export function openArchiveReader(): ArchiveReader {
  const env = { LC_ALL: 'C.UTF-8', PATH: searchPath() };
  const program = spawn('python3', ['-c', readerProgram], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface(program.stdout)[Symbol.asyncIterator]();
  const ended = once(program, 'exit');
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (archive: string): Promise<readonly Held[]> => {
    program.stdin.write(`${JSON.stringify(archive)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`Python cannot read ${archive}`);
    return (JSON.parse(value) as ReadEntry[]).map(heldOf);
  };
  return {
    read(archive) {
      const answer = last.then(() => ask(archive));
      last = answer.catch(() => undefined);
      return answer;
    },
    async close() {
      program.stdin.end();
      await ended;
    },
  };
}

const heldOf = ({ seconds, nanoseconds, ...entry }: ReadEntry): Held => ({
  ...entry,
  time: seconds === null ? undefined : { seconds, nanoseconds },
});
