import t from 'tap';
import { type ApiClient, credentials, newClient } from '../client/api-client.js';
import { until } from '../client/until.js';
import { testedSystem } from '../config.js';

const { origin } = testedSystem();

/** One of each service that takes access tokens. */
const paths = ['/api/auth/me', '/api/tasks', '/api/files', '/api/webhooks'];

const send = (client: ApiClient, path: string, body: object) =>
  client.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Resolves when no service takes the access token any more, and not before. */
async function refusedEverywhere(client: ApiClient): Promise<void> {
  for (const path of paths) {
    await until(async () => (await client.request(path)).status === 401);
  }
}

/** A second session of the same account. */
async function otherSession(client: ApiClient): Promise<ApiClient> {
  const { password } = credentials();
  const response = await send(client, '/api/auth/login', { username: client.username, password });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const request: ApiClient['request'] = (path, init = {}) =>
    fetch(`${origin}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...init.headers },
    });
  return { ...client, token, request };
}

t.test('a log-out ends the access tokens of its session at every service', async (t) => {
  const client = await newClient(origin);
  const other = await otherSession(client);
  const { status } = await send(client, '/api/auth/logout', { refresh_token: client.refreshToken });
  t.equal(status, 204);
  await refusedEverywhere(client);
  for (const path of paths) t.equal((await other.request(path)).status, 200, path);
});

t.test('so does a new password, in every session', async (t) => {
  const client = await newClient(origin);
  const other = await otherSession(client);
  const stream = await other.request('/api/tasks/events');
  const { password: currentPassword } = credentials();
  const body = { currentPassword, newPassword: 'battery horse correct' };
  t.equal((await send(client, '/api/auth/password', body)).status, 204);
  await Promise.all([refusedEverywhere(client), refusedEverywhere(other)]);
  await stream.text();
  t.pass('a stream that was open ends');
});
