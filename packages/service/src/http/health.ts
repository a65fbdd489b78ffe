import type { FastifyInstance } from 'fastify';
import pTimeout from 'p-timeout';

/** Throws if the dependency is not available; may return a short description. */
export type Check = () => Promise<unknown> | unknown;

const bound = 2_000;

async function outcome(check: Check, failed: string): Promise<string> {
  try {
    const answer = Promise.resolve(check());
    const word = await pTimeout(answer, { milliseconds: bound, message: 'no answer within 2 s' });
    return typeof word === 'string' ? `ok: ${word}` : 'ok';
  } catch (error) {
    return `${failed}: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

/**
 * GET /livez: the process responds. GET /readyz: all its dependencies respond too; 503 if not. A failed `optional`
 * check is reported, but the process stays ready, with status `degraded`.
 */
export function serveHealth(
  app: FastifyInstance,
  checks: Record<string, Check>,
  optional: readonly string[] = [],
): void {
  const quiet = { schema: { hide: true }, logLevel: 'warn' } as const;
  app.get('/livez', quiet, async () => ({ status: 'live' }));
  app.get('/readyz', quiet, async (_request, reply) => {
    const outcomes = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const failed = optional.includes(name) ? 'degraded' : 'failed';
        return [name, await outcome(check, failed)] as const;
      }),
    );
    const some = (word: string) => outcomes.some(([, said]) => said.startsWith(word));
    const ready = !some('failed');
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    if (!ready) reply.header('retry-after', '1');
    const status = some('degraded') ? 'degraded' : 'ready';
    return { status: ready ? status : 'unready', checks: Object.fromEntries(outcomes) };
  });
}

/** Checks that another service is ready; `url` is its base URL. */
export const serviceReady =
  (url: string): Check =>
  async () => {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(bound) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
  };
