import type { ProcessEnd, SevenZipProcess } from './run-program.js';
import { SevenZipError } from './seven-zip-error.js';

/**
 * True for a writer whose reader ended first and knows the reason. Killing the reader now would hide it. libuv pipes
 * are sockets, so the error can also be a reset.
 */
const lostItsReader = ({ signal, stderr }: ProcessEnd): boolean =>
  signal === 'SIGPIPE' || /Broken pipe|Connection reset by peer/.test(stderr);

const hasFailed = ({ exitCode }: ProcessEnd): boolean => exitCode !== 0;

/**
 * Waits until all processes of a pipeline have ended. They succeed only together, each with exit code 0. If one fails
 * or the signal is aborted, the others are killed. Rejects with the reason of the signal or a SevenZipError, after
 * all of them have ended.
 */
export async function supervise(
  processes: readonly SevenZipProcess[],
  signal: AbortSignal,
): Promise<ProcessEnd[]> {
  const killAll = () => {
    for (const process of processes) process.kill();
  };
  signal.addEventListener('abort', killAll, { once: true });
  if (signal.aborted) killAll();
  const killOthersUnlessFine = async ({ ended }: SevenZipProcess) => {
    const end = await ended.catch((error: unknown) => {
      killAll();
      throw error;
    });
    if (hasFailed(end) && !lostItsReader(end)) killAll();
    return end;
  };
  try {
    const settled = await Promise.allSettled(processes.map(killOthersUnlessFine));
    signal.throwIfAborted();
    const ends = settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    if (ends.some(hasFailed)) throw new SevenZipError(ends.filter(hasFailed));
    return ends;
  } finally {
    signal.removeEventListener('abort', killAll);
  }
}
