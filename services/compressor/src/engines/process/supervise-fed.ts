import { isClosedInput } from './closed-input.js';
import type { SevenZipProcess } from './run-program.js';
import { supervise } from './supervise.js';

/**
 * Waits until a program that is fed has ended, and has taken all. Rejects with a SevenZipError, the reason of the signal or
 * what its input threw.
 */
export async function superviseFed(packer: SevenZipProcess, signal: AbortSignal): Promise<void> {
  const [ended, fed] = await Promise.allSettled([supervise([packer], signal), packer.fed]);
  signal.throwIfAborted();
  // What the bytes throw ends the program, too.
  if (fed.status === 'rejected' && !isClosedInput(fed.reason)) throw fed.reason;
  if (ended.status === 'rejected') throw ended.reason;
  if (fed.status === 'rejected') throw fed.reason;
}
