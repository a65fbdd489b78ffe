import { heartbeat, retryText } from '@comprimemelo/service/http/event-stream';
import type { WakeSignal } from './wake-signal.js';

/** What a poll of the database has found. */
export interface FoundEvents {
  /** Events as text, in order. */
  events: string[];
  /** True where nothing can follow them. */
  ended: boolean;
}

export interface EventLoopOptions {
  poll(): Promise<FoundEvents>;
  /** Called before each poll: false where the reader is gone, or may be told nothing more. */
  mayGoOn(): Promise<boolean>;
  /** Notified when it is time to poll again. */
  wakeSignal: WakeSignal;
  /** Milliseconds for which the silence of `wakeSignal` is trusted now. */
  trust(): number;
  /** Milliseconds of silence after which the stream shows that it lives. */
  beat: number;
}

/**
 * The text of a stream. It polls again when it is woken, and does so only when the reader has taken what
 * was found before: for a slow one nothing piles up here.
 */
export async function* eventLoop(
  options: EventLoopOptions,
): AsyncGenerator<string, void, undefined> {
  const { poll, mayGoOn, wakeSignal, trust, beat } = options;
  yield retryText();
  let spoke = Date.now();
  while (await mayGoOn()) {
    const { events, ended } = await poll();
    yield* events;
    if (ended) return;
    const silence = Date.now() - spoke;
    if (events.length === 0 && silence >= beat) yield heartbeat;
    if (events.length > 0 || silence >= beat) spoke = Date.now();
    await wakeSignal.wait(Math.max(1, Math.min(trust(), spoke + beat - Date.now())));
  }
}
