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

/** Milliseconds: proxies and firewalls end what is silent for a minute. */
const usualBeat = 15_000;

export interface OpenedStream extends Pick<EventLoopOptions, 'poll'> {
  /** The task, or the owner, whose changes are a reason to look. */
  subject: string;
  /** Hears the id of each task that changes, also while the reader is slow. */
  onChange(taskId: string): void;
}

/** Whether its reader may still be told of tasks: the token may expire, and the account go, meanwhile. */
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

/** A stream that cannot go on ends in order: its reader comes back, and is told why then. */
async function* untilFault(events: AsyncIterable<string>, { log }: FastifyRequest) {
  try {
    yield* events;
  } catch (err) {
    log.warn({ err }, 'a stream of events was ended');
  }
}

/**
 * Answers with a stream of events that lasts until its poll says so, the reader leaves or may not be told any
 * more, or the process ends. Throws `too-many-streams` and `unavailable`.
 */
export function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: StreamDependencies,
  { subject, poll, onChange }: OpenedStream,
): FastifyReply {
  const { changes, seats, beat = usualBeat } = dependencies;
  // HEAD wants the headers alone; and of who is gone already no end would be heard.
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
