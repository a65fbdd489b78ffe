import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { credentials } from '../client/api-client.js';
import { testedSystem } from '../config.js';

const { origin, mailDir } = testedSystem();

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** A mail's text with its soft line breaks taken out. Source: RFC 2045, section 6.7. */
const readable = (source: string) => source.replace(/=\r\n/g, '').replace(/=3D/g, '=');

/** The first e-mail of a kind to this address, when it is there. */
async function mailTo(email: string, kind: string): Promise<string> {
  for (;;) {
    for (const name of await readdir(mailDir)) {
      if (!name.startsWith(kind) || !name.endsWith('.eml')) continue;
      const source = await readFile(join(mailDir, name), 'utf8');
      if (source.includes(email)) return readable(source);
    }
    await pause(100);
  }
}

t.test('a forgotten password: an e-mail, its page, a new password', async (t) => {
  const person = credentials();
  const { email } = person;
  await post('signup', person, { 'accept-language': 'es-AR,es;q=0.9' });
  t.match(await mailTo(email, 'account.created'), /Comprimemelo/);
  const { refresh_token } = (await (await post('login', person)).json()) as Record<string, string>;

  const asked = await post('password-reset', { email });
  t.equal(asked.status, 202);
  t.equal(await asked.text(), '');
  const mail = await mailTo(email, 'account.password-reset');
  const [, address = '', token = ''] =
    /(http\S+\/docs\/password-reset\.html)#([\w-]+)/.exec(mail) ?? [];
  t.ok(address.startsWith(origin));
  t.match(mail, '<html lang="es">');
  const page = await fetch(address);
  t.match(await page.text(), '<form');
  t.match(page.headers.get('content-security-policy'), "default-src 'self'");

  const password = 'a quiet river at noon';
  t.equal((await post('password-reset/confirm', { token, password })).status, 204);
  t.equal((await post('password-reset/confirm', { token, password })).status, 422);
  t.equal((await post('refresh', { refresh_token })).status, 401);
  t.equal((await post('login', person)).status, 401);
  t.equal((await post('login', { email, password })).status, 200);
});
