import type { FastifyInstance } from 'fastify';

/** Milliseconds that requests in flight are given when the app closes. */
const closeTimeout = 8_000;

/** Ends what is still open a while after `app` began to close: a body that never ends, a stream. */
export function boundClosing(app: FastifyInstance, milliseconds = closeTimeout): void {
  app.addHook('preClose', async () => {
    const timer = setTimeout(() => app.server.closeAllConnections(), milliseconds).unref();
    app.server.once('close', () => clearTimeout(timer));
  });
}
