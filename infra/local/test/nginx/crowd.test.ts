import type { RequestListener, ServerResponse } from 'node:http';
import t from 'tap';
import { problemOf } from './echo-rig.js';
import { nginxRig } from './rig.js';
import { send } from './send.js';

/** As many as the template lets wait for a hash. */
const room = 1_000;

t.test('a crowd of log-ins is refused at once, and holds up nobody else', async (t) => {
  const held: ServerResponse[] = [];
  const auth: RequestListener = (request, response) => {
    request.resume();
    if (request.url === '/api/auth/login') held.push(response);
    else response.end('ok');
  };
  const other: RequestListener = (_, response) => response.end('ok');
  const rig = await nginxRig({
    auth,
    tasks: other,
    files: other,
    webhooks: other,
    storage: other,
  });
  t.teardown(() => rig.close());
  const { port } = rig;
  const post = (path: string) => send({ port, path, method: 'POST' });

  let refused = 0;
  const crowd = Array.from({ length: room + 50 }, async () => {
    const { status, headers, body } = await post('/api/auth/login');
    if (status === 200) return;
    refused += 1;
    t.equal(status, 503);
    t.match(problemOf(body), { type: '/problems/unavailable', status: 503 });
    t.match(headers['retry-after'], /^\d+$/);
    // Everybody else waits until those are refused who have to be.
    if (refused === 50) {
      t.equal((await post('/api/auth/refresh')).status, 200);
      t.equal(held.length, room);
      for (const response of held) response.end('ok');
    }
  });
  await Promise.all(crowd);
  t.equal(refused, 50);
  t.equal((await post('/api/auth/logout')).status, 200);
});
