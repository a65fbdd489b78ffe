import { heartbeat, retryText } from '@comprimemelo/service/http/event-stream';
import type { Bell } from './wake-signal.js';

/** What a look at the database has found. */
export interface Found {
  /** Events as text, in order. */
  events: string[];
  /** True where nothing can follow them. */
  ended: boolean;
}

export interface Followed {
  look(): Promise<Found>;
  /** Asked before each look: false where the reader is gone, or may be told nothing more. */
  mayGoOn(): Promise<boolean>;
  /** Rings when it is time to look again. */
  bell: Bell;
  /** Milliseconds for which the bell's silence is trusted now. */
  trust(): number;
  /** Milliseconds of silence after which the stream shows that it lives. */
  beat: number;
}

/**
 * The text of a stream. It looks again when the bell rings, and does so only when the reader has taken what
 * was found before: for a slow one nothing piles up here.
 */
export async function* follow(followed: Followed): AsyncGenerator<string, void, undefined> {
  const { look, mayGoOn, bell, trust, beat } = followed;
  yield retryText();
  let spoke = Date.now();
  while (await mayGoOn()) {
    const { events, ended } = await look();
    yield* events;
    if (ended) return;
    const silence = Date.now() - spoke;
    if (events.length === 0 && silence >= beat) yield heartbeat;
    if (events.length > 0 || silence >= beat) spoke = Date.now();
    await bell.wait(Math.max(1, Math.min(trust(), spoke + beat - Date.now())));
  }
}
