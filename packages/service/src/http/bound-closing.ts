import type { FastifyInstance } from 'fastify';

/** Milliseconds that requests in flight may take when the app closes. */
const closeTimeout = 8_000;

/**
 * Closes the connections that are still open some time after `app` started to close, such as endless bodies and
 * streams.
 */
export function boundClosing(app: FastifyInstance, milliseconds = closeTimeout): void {
  app.addHook('preClose', async () => {
    const timer = setTimeout(() => app.server.closeAllConnections(), milliseconds).unref();
    app.server.once('close', () => clearTimeout(timer));
  });
}
