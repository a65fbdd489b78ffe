import type { FastifyInstance } from 'fastify';

/** Throws when what it checks is not there; may return a word about it. */
export type Check = () => Promise<unknown> | unknown;

const bound = 2_000;

async function outcome(check: Check): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 2 s')), bound);
  });
  try {
    const word = await Promise.race([check(), late]);
    return typeof word === 'string' ? `ok: ${word}` : 'ok';
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : 'unknown'}`;
  } finally {
    clearTimeout(timer);
  }
}

/** GET /livez: the process answers. GET /readyz: so does what it depends on, else 503. */
export function serveHealth(app: FastifyInstance, checks: Record<string, Check>): void {
  const quiet = { schema: { hide: true }, logLevel: 'warn' } as const;
  app.get('/livez', quiet, async () => ({ status: 'live' }));
  app.get('/readyz', quiet, async (_request, reply) => {
    const names = Object.keys(checks);
    const outcomes = await Promise.all(Object.values(checks).map(outcome));
    const ready = outcomes.every((word) => word.startsWith('ok'));
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    if (!ready) reply.header('retry-after', '1');
    return {
      status: ready ? 'ready' : 'unready',
      checks: Object.fromEntries(names.map((name, index) => [name, outcomes[index]])),
    };
  });
}

/** Checks that another service is ready to answer; `url` is its base address. */
export const serviceReady =
  (url: string): Check =>
  async () => {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(bound) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
  };
