import type { FastifyRequest } from 'fastify';

/** Milliseconds for which a client may keep sending after its request has failed. */
const discardTimeout = 10_000;

/**
 * Discards the rest of the body of a failed request, so that a client that sends everything before it reads still
 * gets the response. Disconnects a client that keeps sending for too long.
 */
export function discardRequestBody({ raw }: Pick<FastifyRequest, 'raw'>): void {
  raw.unpipe();
  raw.on('error', () => undefined);
  if (raw.destroyed || raw.readableEnded) return;
  raw.resume();
  const timer = setTimeout(() => raw.destroy(), discardTimeout).unref();
  raw.once('close', () => clearTimeout(timer));
}
