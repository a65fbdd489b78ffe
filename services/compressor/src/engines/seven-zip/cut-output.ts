import type { Readable } from 'node:stream';

/** Cuts the output of a program into the contents that stand in it one behind the other. */
export interface Cutter {
  /** The next bytes, fewer only at the end of the output; without a length, all that is left. */
  take(length: number | undefined): AsyncGenerator<Buffer>;
  /** True if nothing is left. */
  atEnd(): Promise<boolean>;
  /** Reads what is left and drops it. */
  drain(): Promise<void>;
}

export function createCutter(output: Readable): Cutter {
  const pieces: AsyncIterator<Buffer> = output.iterator({ destroyOnReturn: false });
  let rest: Buffer = Buffer.alloc(0);
  /** The next piece that is not empty; undefined at the end. */
  const next = async (): Promise<Buffer | undefined> => {
    while (rest.length === 0) {
      const { value, done } = await pieces.next();
      if (done) return undefined;
      rest = value;
    }
    return rest;
  };
  return {
    async *take(length = Number.POSITIVE_INFINITY) {
      let left = length;
      while (left > 0) {
        const piece = await next();
        if (piece === undefined) return;
        const taken = piece.subarray(0, Math.min(left, piece.length));
        rest = piece.subarray(taken.length);
        left -= taken.length;
        yield taken;
      }
    },
    atEnd: async () => (await next()) === undefined,
    async drain() {
      while ((await next()) !== undefined) rest = Buffer.alloc(0);
    },
  };
}
