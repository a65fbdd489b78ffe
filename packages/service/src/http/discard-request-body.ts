import type { FastifyRequest } from 'fastify';

/** Milliseconds that a client may go on sending to a request that has failed. */
const discardTimeout = 10_000;

/**
 * Throws away what is still to come of a failed request's body, so that a client that sends before it
 * reads finds the answer; one that goes on for longer is cut off.
 */
export function discardRequestBody({ raw }: Pick<FastifyRequest, 'raw'>): void {
  raw.unpipe();
  raw.on('error', () => undefined);
  if (raw.destroyed || raw.readableEnded) return;
  raw.resume();
  const timer = setTimeout(() => raw.destroy(), discardTimeout).unref();
  raw.once('close', () => clearTimeout(timer));
}
