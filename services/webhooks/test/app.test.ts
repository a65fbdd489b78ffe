import { createLogger } from '@comprimemelo/service/process/logger';
import t from 'tap';
import { buildApp } from '../src/app.js';
import type { WebhooksDependencies } from '../src/dependencies.js';
import { secretsKey, webhooksFixture } from './fixtures/webhooks-fixture.js';

t.test('a broker that is away is told of, and is no reason to be unready', async (t) => {
  const { db } = await webhooksFixture(t);
  let databaseIsAway = false;
  const dependencies: WebhooksDependencies = {
    db,
    dispatcher: { wake: () => undefined },
    secretsKey,
    policy: { allowHttp: false, allowPrivate: false },
    findKey: async () => undefined,
    hasEnded: () => false,
    logger: createLogger('webhooks', 'silent'),
    checks: {
      database: () => {
        if (databaseIsAway) throw new Error('away');
      },
      broker: () => {
        throw new Error('away');
      },
    },
  };
  const app = await buildApp(dependencies);
  t.teardown(() => app.close());
  const ready = await app.inject('/readyz');
  t.equal(ready.statusCode, 200);
  t.equal(ready.json().status, 'degraded');
  databaseIsAway = true;
  t.equal((await app.inject('/readyz')).statusCode, 503);
});
