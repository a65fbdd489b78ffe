import type { WritableEntry } from '../writable-entry.js';
import { blockBytes } from './header.js';
import { headersOf } from './write-headers.js';

/** Two empty blocks end a tar. */
const ending = Buffer.alloc(2 * blockBytes);

/**
 * Writes a tar: ustar headers, with pax records where a name, a time or a size needs them. Entries keep their order,
 * times to the nanosecond, permissions and links. Source: POSIX.1-2017, pax.
 */
export async function* writeTar(entries: readonly WritableEntry[]): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    yield headersOf(entry);
    if (entry.type !== 'file') continue;
    let written = 0;
    for await (const piece of entry.content()) {
      written += piece.length;
      yield piece;
    }
    if (written !== entry.size) {
      throw new Error(`${entry.path} gave ${written} bytes of ${entry.size}`);
    }
    if (written % blockBytes > 0) yield Buffer.alloc(blockBytes - (written % blockBytes));
  }
  yield ending;
}
