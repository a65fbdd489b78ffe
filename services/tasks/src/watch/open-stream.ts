import { accountExists } from '@comprimemelo/prisma/client/account-exists';
import { sendEvents } from '@comprimemelo/service/http/event-stream';
import { verifyAccessToken } from '@comprimemelo/service/identity/access-token';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TasksDependencies } from '../dependencies.js';
import { type EventLoopOptions, eventLoop } from './event-loop.js';
import type { StreamSeats } from './stream-limits.js';
import { WakeSignal } from './wake-signal.js';

export interface StreamDependencies extends TasksDependencies {
  seats: StreamSeats;
}

/** Milliseconds between heartbeats: proxies and firewalls close connections that are idle for a minute. */
const usualBeat = 15_000;

export interface OpenedStream extends Pick<EventLoopOptions, 'poll'> {
  /** The id of the task or owner whose changes trigger a query. */
  subject: string;
  /** Called with the id of each changed task, even while the reader is slow. */
  onChange(taskId: string): void;
}

/** Whether the reader still has access: the token may expire or the account may be deleted meanwhile. */
function admission(
  request: FastifyRequest,
  { db, changes, beat = usualBeat }: StreamDependencies,
): () => Promise<boolean> {
  let checkedAt = Date.now();
  return async () => {
    if (request.socket.destroyed || changes.stopped) return false;
    const isValid = await verifyAccessToken(request).then(
      () => true,
      () => false,
    );
    if (!isValid || Date.now() - checkedAt < beat) return isValid;
    checkedAt = Date.now();
    return accountExists(db.pool, request.userId);
  };
}

/** Ends the stream cleanly on an error. The reader reconnects and gets the error then. */
async function* untilFault(events: AsyncIterable<string>, { log }: FastifyRequest) {
  try {
    yield* events;
  } catch (err) {
    log.warn({ err }, 'an event stream was ended');
  }
}

/**
 * Responds with an event stream that lasts until its source ends, the reader leaves or loses access, or the process
 * shuts down. Throws `too-many-streams` and `unavailable`.
 */
export function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: StreamDependencies,
  { subject, poll, onChange }: OpenedStream,
): FastifyReply {
  const { changes, seats, beat = usualBeat } = dependencies;
  // HEAD needs headers only; and if the reader has already left, no close event would follow.
  if (request.method === 'HEAD' || request.socket.destroyed) return sendEvents(reply, []);
  const leave = seats.take(request.userId);
  const wakeSignal = new WakeSignal();
  const stopListening = changes.listen(subject, (taskId) => {
    if (taskId !== undefined) onChange(taskId);
    wakeSignal.notify();
  });
  reply.raw.once('close', () => {
    stopListening();
    leave();
    wakeSignal.notify();
  });
  const mayGoOn = admission(request, dependencies);
  const events = eventLoop({ poll, mayGoOn, wakeSignal, trust: () => changes.trust, beat });
  return sendEvents(reply, untilFault(events, request));
}
