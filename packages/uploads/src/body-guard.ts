import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { digestCheck } from '@comprimemelo/service/http/content-digest';
import { ProblemError } from '@comprimemelo/service/http/problem-error';

/** The least that must arrive: this many bytes in each span of this many milliseconds. */
export interface Pace {
  bytes: number;
  milliseconds: number;
}

export interface BodyGuard {
  /** Rejects with `upload-too-large` or `request-timeout`; never resolves. */
  readonly broken: Promise<never>;
  /** Resolves when the body has arrived as its Content-Digest says, where it has one; else `digest-mismatch`. */
  whole(): Promise<void>;
  close(): void;
}

/** Looks at the body in one span. */
const looks = 30;

/** Calls `tooSlow` unless bytes come at that pace; time in which they wait for this side is not counted. */
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
 * Counts a body's bytes as they arrive, whatever a parser makes of them, and holds them against its
 * Content-Digest. Throws `invalid-request` where that cannot be read. Begin before, or in the same
 * tick as, whoever reads the body: counting sets it flowing.
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
  // It may break while nobody waits for it.
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
      // The parser stops at the last boundary, and what follows is of the body too.
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

/** The parts of a form, up to where its guard breaks; they end when the whole body is there. */
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
