import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';

/**
 * Limits the time for a JSON body to arrive, in an app that has no request timeout because it streams uploads.
 * Fails with `request-timeout`, which closes the connection.
 */
export function boundJsonBodies(app: FastifyInstance, milliseconds: number): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    if (!request.headers['content-type']?.startsWith('application/json')) return payload;
    const timer = setTimeout(() => {
      // Not destroyed, because its socket still has to carry the response.
      payload.emit(
        'error',
        new ProblemError('request-timeout', { headers: { connection: 'close' } }),
      );
    }, milliseconds).unref();
    for (const event of ['end', 'close']) payload.once(event, () => clearTimeout(timer));
    return payload;
  });
}
