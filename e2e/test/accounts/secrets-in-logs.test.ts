import { randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { formOf } from '../client/api-client.js';
import { testedSystem } from '../config.js';

const { origin, logDir } = testedSystem();
const marker = 'marked-secret';
/** No two of them are alike. Each is told by its marker, which npm test looks for again when all is done. */
const secret = () => `${marker}-${randomBytes(9).toString('base64url')}`;

type Fields = Record<string, string>;

const encodings: ((fields: Fields) => RequestInit)[] = [
  (fields) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  }),
  (fields) => ({ body: new URLSearchParams(fields) }),
  (fields) => ({ body: formOf(fields, []) }),
  // What cannot be read is logged as a fault: it must not take the body along.
  (fields) => ({
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(fields)}${fields.password ?? ''}`,
  }),
  (fields) => ({ headers: { 'content-type': 'text/plain' }, body: JSON.stringify(fields) }),
];

async function logs(): Promise<string> {
  const names = await readdir(logDir);
  const texts = await Promise.all(names.map((name) => readFile(join(logDir, name), 'utf8')));
  return texts.join('\n');
}

/** Whatever was logged before a request of this id is answered is in the files when this resolves. */
async function flushed(): Promise<string> {
  const id = randomUUID();
  const services = ['auth/me', 'tasks', 'files', 'webhooks'];
  const ids = services.map((path) => `${id}.${path.replace('/', '.')}.`);
  for (const [index, path] of services.entries()) {
    await fetch(`${origin}/api/${path}`, { headers: { 'x-request-id': ids[index] ?? id } });
  }
  for (;;) {
    const text = await logs();
    if (ids.every((one) => text.includes(one))) return text;
    await pause(50);
  }
}

/** Every route of the accounts that takes a secret, with a good one and in ways that fail. */
async function useSecrets(post: (path: string, fields: Fields, as: number) => Promise<Response>) {
  const person = () => {
    const username = `u-${randomUUID()}`;
    return { username, email: `${username}@example.com`, password: secret() };
  };
  for (const as of encodings.keys()) {
    const { username, password, ...rest } = person();
    await post('signup', { username, password, ...rest }, as);
    await post('signup', { username, password, ...rest, passwordConfirmation: secret() }, as);
    await post('login', { username, password }, as);
    await post('login', { username, password: secret() }, as);
    await post('login', { username, password: secret().repeat(10) }, as);
    await post('password', { currentPassword: password, newPassword: secret() }, as);
    await post('refresh', { refresh_token: secret() }, as);
    await post('logout', { refresh_token: secret() }, as);
    await post('password-reset', { email: rest.email }, as);
    await post('password-reset/confirm', { token: secret(), password: secret() }, as);
  }
  return person();
}

/** A webhook whose secret signs something, and a new one; returns both. */
async function useWebhookSecrets(password: string, username: string): Promise<string[]> {
  const body = new URLSearchParams({ username, password });
  const logIn = await fetch(`${origin}/api/auth/login`, { method: 'POST', body });
  const { access_token } = (await logIn.json()) as { access_token: string };
  const post = async (path: string, fields: Fields = {}) => {
    const response = await fetch(`${origin}/api/webhooks${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    });
    return (await response.json()) as { id: string; secret: string };
  };
  const { id, secret } = await post('', { url: 'http://127.0.0.1:1/' });
  await post(`/${id}/test`);
  return [secret, (await post(`/${id}/secret`)).secret];
}

t.test('no log of this run holds a secret that was used', async (t) => {
  const send = (path: string, fields: Fields, as: number, token = secret()) =>
    fetch(`${origin}/api/auth/${path}`, {
      method: 'POST',
      ...encodings[as]?.(fields),
      headers: { ...encodings[as]?.(fields).headers, authorization: `Bearer ${token}` },
    });
  const post = async (path: string, fields: Fields, as: number, token?: string) => {
    // Refused: under a wrong name, and in a wrong place.
    await send(path, { ...fields, passwrd: secret() }, as, token);
    await send(`${path}?password=${secret()}`, fields, as, token);
    return send(path, fields, as, token);
  };
  const last = await useSecrets(post);
  await post('signup', last, 0);
  const tokens = (await (await post('login', last, 0)).json()) as Record<string, string>;
  const { access_token = '', refresh_token = '' } = tokens;
  const change = { currentPassword: last.password, newPassword: secret() };
  t.equal((await post('password', change, 0, access_token)).status, 204);

  const signing = await useWebhookSecrets(change.newPassword, last.username);
  t.ok(signing.every((one) => one.startsWith('whsec_')));

  const text = await flushed();
  t.ok(text.includes('"status":201'), 'the requests are logged');
  t.notOk(text.includes(marker), 'no password, no token');
  for (const token of [access_token, refresh_token, ...signing]) t.notOk(text.includes(token));
});
