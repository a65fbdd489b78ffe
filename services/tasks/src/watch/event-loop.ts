import { heartbeat, retryText } from '@comprimemelo/service/http/event-stream';
import type { WakeSignal } from './wake-signal.js';

/** The result of one poll of the database. */
export interface FoundEvents {
  /** Serialized events, in order. */
  events: string[];
  /** True if no further events can follow. */
  ended: boolean;
}

export interface EventLoopOptions {
  poll(): Promise<FoundEvents>;
  /** Called before each poll: false if the reader has left or has lost access. */
  mayGoOn(): Promise<boolean>;
  /** Notified when it is time to poll again. */
  wakeSignal: WakeSignal;
  /** Milliseconds to wait for `wakeSignal` before polling anyway. */
  trust(): number;
  /** Milliseconds without an event after which a heartbeat is sent. */
  beat: number;
}

/**
 * Yields the text of a stream. Polls when it is woken, but only after the reader has consumed the previous events, so
 * that nothing accumulates for a slow reader.
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
