import type { FastifyRequest, LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { type App, createHttpApp } from '../../src/http/http-app.js';
import { createLogger } from '../../src/process/logger.js';

export type Ask = (authorization?: string) => Promise<LightMyRequestResponse>;

/** Protects a scope; gives what finds whom a request that came through names. */
export type Protect = (
  scope: App,
) => Promise<(request: FastifyRequest) => string | Promise<string>>;

/** An app whose one route is protected, and answers with whom the request names. */
export async function verifyingApp(t: Test, protect: Protect): Promise<{ app: App; ask: Ask }> {
  const logger = createLogger('test', 'silent');
  const app = await createHttpApp({ service: 'test', logger, checks: {} });
  t.teardown(() => app.close());
  await app.register(async (scope: App) => {
    const nameOf = await protect(scope);
    scope.get('/', async (request) => nameOf(request as unknown as FastifyRequest));
  });
  const ask: Ask = (authorization) =>
    app.inject({ url: '/', headers: authorization === undefined ? {} : { authorization } });
  return { app, ask };
}
