import type { IncomingMessage, RequestListener } from 'node:http';
import type { Test } from 'tap';
import { nginxRig } from './rig.js';

type Listed = { name: string; request: IncomingMessage };

/** Each upstream says its own name, and what it was asked is kept. */
export async function echoRig(t: Test) {
  const seen: Listed[] = [];
  const upstream =
    (name: string): RequestListener =>
    (request, response) => {
      seen.push({ name, request });
      if (request.url === '/api/auth/hijack')
        response.setHeader('X-Accel-Redirect', '/_disk/secret');
      if (request.url === '/api/tasks/gone') response.statusCode = 404;
      request.resume();
      request.on('end', () => response.end(name));
    };
  const rig = await nginxRig({
    auth: upstream('auth'),
    tasks: upstream('tasks'),
    files: upstream('files'),
    webhooks: upstream('webhooks'),
    storage: upstream('storage'),
  });
  t.teardown(() => rig.close());
  seen.length = 0;
  return { ...rig, seen, last: () => seen.at(-1) };
}

export const problemOf = (body: Buffer) => JSON.parse(body.toString()) as Record<string, unknown>;
