import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { digestCheck } from '@comprimemelo/service/http/content-digest';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** The minimum upload rate: this many bytes in each period of this many milliseconds. */
export interface Pace {
  bytes: number;
  milliseconds: number;
}

export interface BodyGuard {
  /** Rejects with `upload-too-large` or `request-timeout`; never resolves. */
  readonly broken: Promise<never>;
  /** Resolves when the whole body has arrived. Throws `digest-mismatch` if it does not match its Content-Digest. */
  whole(): Promise<void>;
  close(): void;
}

/** Checks of the body per period. */
const looks = 30;

/** Calls `tooSlow` if bytes arrive below the minimum rate. Time spent waiting for this side does not count. */
function watchPace(
  raw: IncomingMessage,
  { bytes, milliseconds }: Pace,
  received: () => number,
  tooSlow: () => void,
): NodeJS.Timeout {
  let [looked, before] = [0, 0];
  return setInterval(() => {
    if (raw.complete || raw.isPaused() || raw.readableLength > 0) return;
    looked += 1;
    if (looked < looks) return;
    if (received() - before < bytes) tooSlow();
    [looked, before] = [0, received()];
  }, milliseconds / looks).unref();
}

/**
 * Counts the bytes of a body as they arrive, independently of the parser, and verifies its Content-Digest. Throws
 * `invalid-request` if that header cannot be parsed. Start it before the reader of the body, or in the same tick,
 * because counting makes the stream flow.
 */
export function guardBody(
  raw: IncomingMessage,
  { maxBytes, pace }: { maxBytes: number; pace?: Pace },
): BodyGuard {
  const digest = digestCheck(raw.headers['content-digest']);
  let received = 0;
  let fail: (problem: ProblemError) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // It may reject while nobody awaits it.
  broken.catch(() => undefined);
  const onData = (chunk: Buffer) => {
    received += chunk.length;
    digest?.update(chunk);
    if (received > maxBytes) fail(new ProblemError('upload-too-large'));
  };
  raw.on('data', onData);
  const tooSlow = () =>
    fail(new ProblemError('request-timeout', { headers: { connection: 'close' } }));
  const watch = pace && watchPace(raw, pace, () => received, tooSlow);
  return {
    broken,
    async whole() {
      if (digest === undefined) return;
      // The parser stops at the last boundary, but what follows is part of the body too.
      raw.resume();
      await finished(raw);
      digest.verify();
    },
    close() {
      raw.off('data', onData);
      clearInterval(watch);
    },
  };
}

/** Yields the parts of a form until its guard rejects; ends when the whole body has arrived. */
export async function* guardedParts<Part>(
  parts: AsyncIterator<Part>,
  { broken, whole }: BodyGuard,
): AsyncGenerator<Part> {
  for (;;) {
    const next = await Promise.race([parts.next(), broken]);
    if (next.done) return await Promise.race([whole(), broken]);
    yield next.value;
  }
}
