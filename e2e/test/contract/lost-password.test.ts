import type { Problem } from '@comprimemelo/contracts/problem';
import type { Task } from '@comprimemelo/contracts/task';
import t, { type Test } from 'tap';
import { inputText, newClient } from '../client/api-client.js';
import { testedSystem } from '../config.js';
import { encoders, secretWord } from './misspelt.js';

const { origin } = testedSystem();
const client = await newClient(origin);
const { id, files } = await client.run({ format: 'zip' }, [inputText('a.txt', 'a')]);
const file = files[0]?.id;

type Json = Record<string, unknown>;

/** Requests in which a password stands under a wrong name or in a wrong place, and what is said of it. */
const accidents: [string, (word: string) => Json, string][] = [
  ['passwrd', (passwrd) => ({ passwrd }), '/passwrd'],
  ['Password', (Password) => ({ Password }), '/Password'],
  ['pasword', (pasword) => ({ pasword }), '/pasword'],
  ['pass', (pass) => ({ pass }), '/pass'],
  ['archive_password', (word) => ({ archive_password: word }), '/archive_password'],
];
const withinOptions: typeof accidents = [
  ['options.passwrd', (passwrd) => ({ options: { passwrd } }), '/options/passwrd'],
  ['options.Password', (Password) => ({ options: { Password } }), '/options/Password'],
  [
    'two that differ',
    (word) => ({ password: word, options: { password: `${word}2` } }),
    '/password',
  ],
];

async function refused(t: Test, what: string, path: string, init: RequestInit, pointer: string) {
  const response = await client.request(path, init);
  const text = await response.text();
  const problem = JSON.parse(text) as Problem;
  t.match(problem, { status: 400, type: '/problems/invalid-request' }, `${what}: ${text}`);
  const error = problem.errors?.find((one) => one.pointer === pointer);
  t.match(error?.detail, /`(options\.)?password`/, what);
  t.notMatch(text, /marked-secret/, `${what}: the password is not said`);
}

async function tasks(): Promise<number> {
  const page = (await (await client.request('/api/tasks')).json()) as { items: Task[] };
  return page.items.length;
}

t.test('no task is made without the protection that was asked for', async (t) => {
  const before = await tasks();
  for (const [what, fields, pointer] of [...accidents, ...withinOptions]) {
    const json = { files: [file], format: '7z', ...fields(secretWord()) };
    const init = { method: 'POST', ...encoders['application/json']?.(json) };
    await refused(t, `${what} in JSON`, '/api/tasks', init, pointer);

    const form = { file: '(the bytes of a)', format: '7z', ...fields(secretWord()) };
    const asForm = { method: 'POST', ...encoders['multipart/form-data']?.(form) };
    await refused(t, `${what} in a form`, '/api/tasks', asForm, pointer);

    const change = { format: '7z', ...fields(secretWord()) };
    const patch = { method: 'PATCH', ...encoders['application/json']?.(change) };
    await refused(t, `${what} in a change`, `/api/tasks/${id}`, patch, pointer);
  }
  const good = { files: [file], format: '7z' };
  const init = { method: 'POST', ...encoders['application/json']?.(good) };
  await refused(t, 'query', `/api/tasks?password=${secretWord()}`, init, '/password');
  t.equal(await tasks(), before, 'no task was made');
});

t.test('no task runs again without it', async (t) => {
  for (const [what, fields, pointer] of accidents) {
    const init = { method: 'POST', ...encoders['application/json']?.(fields(secretWord())) };
    await refused(t, what, `/api/tasks/${id}/retry`, init, pointer);
  }
});

t.test('a body that sends it twice is refused', async (t) => {
  const [one, other] = [secretWord(), secretWord()];
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"files":["${file}"],"format":"7z","password":"${one}","password":"${other}"}`,
  };
  await refused(t, 'twice in JSON', '/api/tasks', init, '/password');
  for (const path of ['/api/tasks', '/api/auth/login']) {
    const form = new FormData();
    form.append('password', secretWord());
    form.append('password', secretWord());
    const response = await client.request(path, { method: 'POST', body: form });
    t.match(await response.json(), { status: 400, detail: '`password` may be sent only once.' });
  }
  const body = new URLSearchParams([
    ['username', 'ada'],
    ['password', secretWord()],
    ['password', secretWord()],
  ]);
  const response = await client.request('/api/auth/login', { method: 'POST', body });
  t.match(await response.json(), { status: 400, detail: '`password` must have one value; got 2.' });
});

t.test('accounts are told the same, however their fields are sent', async (t) => {
  for (const [type, encode] of Object.entries(encoders)) {
    for (const [what, fields, pointer] of accidents) {
      const init = { method: 'POST', ...encode({ username: 'ada', ...fields(secretWord()) }) };
      for (const path of ['/api/auth/login', '/api/auth/signup']) {
        await refused(t, `${what} as ${type}`, path, init, pointer);
      }
    }
  }
});

t.test('where it is right, the archive is protected', async (t) => {
  const password = secretWord();
  for (const fields of [{ password }, { options: { password } }]) {
    const json = { files: [file], format: '7z', ...fields };
    const init = { method: 'POST', ...encoders['application/json']?.(json) };
    const task = (await (await client.request('/api/tasks', init)).json()) as Task;
    const { results } = await client.ended(task.id);
    const open = { files: [results[0]?.id], operation: 'decompress' };
    const asked = { method: 'POST', ...encoders['application/json']?.(open) };
    const opened = (await (await client.request('/api/tasks', asked)).json()) as Task;
    t.match(await client.ended(opened.id), { error: { type: '/problems/password-required' } });
  }
});
