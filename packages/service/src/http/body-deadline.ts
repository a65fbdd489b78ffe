import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem-error.js';

/**
 * Bounds the time in which a JSON body must arrive, for an app whose server does not, because it streams
 * uploads. Fails with `request-timeout`, which ends the connection.
 */
export function boundJsonBodies(app: FastifyInstance, milliseconds: number): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    if (!request.headers['content-type']?.startsWith('application/json')) return payload;
    const timer = setTimeout(() => {
      // Not destroyed: its socket is still to carry the answer.
      payload.emit(
        'error',
        new ProblemError('request-timeout', { headers: { connection: 'close' } }),
      );
    }, milliseconds).unref();
    for (const event of ['end', 'close']) payload.once(event, () => clearTimeout(timer));
    return payload;
  });
}
