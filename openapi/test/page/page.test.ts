import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import t from 'tap';
import { testOrigin } from '../config.js';
import { newPage, pictures, skip } from './browser.js';

const origin = testOrigin();

/** The part of the page for an operation, opened. */
async function opened(page: Page, tag: string, operationId: string): Promise<Locator> {
  const block = page.locator(`#operations-${tag}-${operationId}`);
  await block.locator('.opblock-summary-control').click();
  await block.locator('button.execute').waitFor();
  return block;
}

/** Presses Execute. Resolves with the status and the body that the page shows. */
async function execute(page: Page, block: Locator): Promise<{ status: number; body: string }> {
  const answered = page.waitForResponse((response) => response.url().includes('/api/'));
  await block.locator('button.execute').click();
  const status = (await answered).status();
  await block
    .locator('.live-responses-table .response-col_status', { hasText: `${status}` })
    .waitFor();
  const body = block.locator('.live-responses-table .highlight-code code').first();
  return { status, body: (await body.count()) > 0 ? ((await body.textContent()) ?? '') : '' };
}

t.test('a person signs up, is authorized and runs a task on the page', { skip }, async (t) => {
  await mkdir(pictures, { recursive: true });
  const page = await newPage(t, { viewport: { width: 1280, height: 1000 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(`${origin}/docs/`);
  await page.locator('.opblock').first().waitFor();
  await page.screenshot({ path: join(pictures, 'reference.png') });

  const username = `p-${randomUUID().slice(0, 30)}`;
  const password = 'correct horse battery';
  const signUp = await opened(page, 'Accounts', 'signUp');
  const account = { username, email: `${username}@example.com`, password };
  await signUp.locator('textarea.body-param__text').fill(JSON.stringify(account));
  t.match(await execute(page, signUp), { status: 201, body: username });
  await signUp.locator('.opblock-summary-control').click();

  const logIn = await opened(page, 'Accounts', 'logIn');
  await logIn.locator('textarea.body-param__text').fill(JSON.stringify({ username, password }));
  t.match(await execute(page, logIn), { status: 200, body: 'access_token' });
  await logIn.locator('.opblock-summary-control').click();
  await page.locator('.btn.authorize.locked').waitFor();

  const createTask = await opened(page, 'Tasks', 'createTask');
  await createTask
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'a.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('a text'),
    });
  await createTask.scrollIntoViewIfNeeded();
  await createTask.screenshot({ path: join(pictures, 'create-task.png') });
  const created = await execute(page, createTask);
  t.equal(created.status, 202, created.body);
  const { id } = JSON.parse(created.body) as { id: string };
  await createTask.locator('.opblock-summary-control').click();

  const getTask = await opened(page, 'Tasks', 'getTask');
  await getTask.locator('tr[data-param-name=id] input').fill(id);
  await getTask.locator('tr[data-param-name=wait] input').fill('30');
  const ended = await execute(page, getTask);
  t.match(ended, { status: 200, body: '"status": "processed"' });
  await getTask.scrollIntoViewIfNeeded();
  await getTask.screenshot({ path: join(pictures, 'get-task.png') });

  const getResult = await opened(page, 'Tasks', 'getResult');
  await getResult.locator('tr[data-param-name=id] input').fill(id);
  await getResult.locator('button.execute').click();
  const downloading = page.waitForEvent('download');
  await getResult.locator('.live-responses-table a[download]').click();
  const path = await (await downloading).path();
  const zip = await readFile(path);
  t.equal(zip.subarray(0, 2).toString(), 'PK', 'a zip was downloaded');
  // The first flag of a local file header (APPNOTE.TXT, section 4.4.4).
  t.equal(zip.readUInt16LE(6) & 1, 0, 'and it is not encrypted');
  t.same(faults, [], 'nothing was blocked or broken');
});

t.test("a problem's page can be read", { skip }, async (t) => {
  const page = await newPage(t, { viewport: { width: 1000, height: 700 } });
  await page.goto(`${origin}/problems/unsupported-format`);
  t.equal(await page.locator('h1').textContent(), 'The output format is not supported');
  const width = await page.evaluate('getComputedStyle(document.body).maxWidth');
  t.not(width, 'none', 'with its style');
  await page.screenshot({ path: join(pictures, 'problem.png') });
  await page.locator('a', { hasText: 'All problems' }).click();
  t.ok((await page.locator('table a').count()) > 40);
});
