import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import t from 'tap';
import { testMailDir, testOrigin } from '../config.js';
import { newPage, pictures, skip } from './browser.js';

const origin = testOrigin();
const mailDir = testMailDir();

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${origin}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** The link of the e-mail to this address, when it is there. */
async function mailedLink(email: string): Promise<string> {
  for (;;) {
    for (const name of await readdir(mailDir)) {
      if (!name.startsWith('account.password-reset') || !name.endsWith('.eml')) continue;
      const source = await readFile(join(mailDir, name), 'utf8');
      if (!source.includes(email)) continue;
      // Quoted-printable: RFC 2045, section 6.7.
      const text = source.replace(/=\r\n/g, '').replace(/=3D/g, '=');
      return /http\S+\/docs\/password-reset\.html#[\w-]+/.exec(text)?.[0] ?? '';
    }
    await pause(100);
  }
}

async function submit(page: Page, password: string): Promise<string> {
  await page.locator('#password').fill(password);
  await page.locator('#send').click();
  await page.locator('#outcome:not(:empty)').waitFor();
  return (await page.locator('#outcome').textContent()) ?? '';
}

const languages = {
  en: {
    title: 'Set a new password',
    weak: /too easy to guess/,
    done: /is set/,
    used: /incomplete/,
  },
  es: {
    title: 'Elige una contraseña nueva',
    weak: /adivinar/,
    done: /guardada/,
    used: /incompleto/,
  },
};

for (const [language, texts] of Object.entries(languages)) {
  t.test(`a new password is set on the page (${language})`, { skip }, async (t) => {
    await mkdir(pictures, { recursive: true });
    const username = `r-${randomUUID().slice(0, 30)}`;
    const email = `${username}@example.com`;
    const person = { username, email, password: 'correct horse battery' };
    await post('signup', person, { 'accept-language': language });
    await post('password-reset', { email });
    const link = await mailedLink(email);

    const context = { locale: language, viewport: { width: 800, height: 600 } };
    const page = await newPage(t, context);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(link);
    t.equal(await page.locator('h1').textContent(), texts.title);
    await page.screenshot({ path: join(pictures, `password-reset-${language}.png`) });
    t.match(await submit(page, 'password1'), texts.weak);
    await page.screenshot({ path: join(pictures, `password-reset-weak-${language}.png`) });
    const password = 'a quiet river at noon';
    t.match(await submit(page, password), texts.done);
    t.notOk(await page.locator('form').isVisible(), 'there is nothing left to do');
    await page.screenshot({ path: join(pictures, `password-reset-done-${language}.png`) });
    t.equal((await post('login', { email, password })).status, 200);
    t.equal((await post('login', person)).status, 401);

    const again = await newPage(t, context);
    await again.goto(link);
    t.match(await submit(again, 'another quiet river'), texts.used, 'a link serves once');
    await again.screenshot({ path: join(pictures, `password-reset-used-${language}.png`) });
    for (const rest of ['', '#', '#%20half']) {
      await again.goto('about:blank');
      await again.goto(link.replace(/#.*/, rest));
      t.match(await again.locator('#outcome').textContent(), texts.used, `not the link: ${rest}`);
      t.notOk(await again.locator('form').isVisible());
    }
    t.same(faults, []);
  });
}
