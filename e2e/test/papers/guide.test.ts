import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { testedSystem } from '../config.js';
import { readText, shellSteps } from './pages.js';
import { runSteps, withoutPrograms } from './run-steps.js';

const { origin } = testedSystem();

async function folder(t: Test): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'guide-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Removes an account that a page has made, so that the page can be run again. */
async function deleteAccount(username: string, password: string): Promise<void> {
  const body = new URLSearchParams({ username, password });
  const logIn = await fetch(`${origin}/api/auth/login`, { method: 'POST', body });
  if (!logIn.ok) return;
  const { access_token: token } = (await logIn.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  await fetch(`${origin}/api/auth/me`, { method: 'DELETE', headers });
}

/** What the steps of the API guide print. */
const printedByGuide: Record<string, RegExp> = {
  '': /^$/,
  'Accounts and tokens': /^hedy\n$/,
  Tasks: /^processed\nbackup\.tar\.xz\nphotos\/2026\/numbers\.txt\nphotos\.zip\n$/,
  'Formats and options': /^zip 7z tar tar\.gz tar\.bz2 tar\.xz gz bz2 xz tar\.zst zst\n$/,
  'Wait and watch': /^[1-9]\d*\n$/,
  Results: /^numbers\.zip\n206\n$/,
  'Lists and caching': /^1\n304\n$/,
  Errors: /^\/problems\/unsupported-format\n422\n`passwrd` is not .+ did you mean `password`\?\n$/,
  Idempotency: /^the same task\n$/,
};

t.test('the API guide does what it says', { skip: withoutPrograms(['curl', 'jq']) }, async (t) => {
  t.teardown(() => deleteAccount('hedy', 'a quiet river'));
  const steps = shellSteps(readText('docs/api.md'));
  const printed = await runSteps(steps, { directory: await folder(t), files: [] });
  t.strictSame([...printed.keys()], Object.keys(printedByGuide), 'every step is checked');
  for (const [title, text] of printed) t.match(text, printedByGuide[title] ?? '', title);
});

t.test(
  'the lines to try in README.md work',
  { skip: withoutPrograms(['curl', 'jq', 'unzip', 'tar']) },
  async (t) => {
    t.teardown(() => deleteAccount('lin', 'correct-horse'));
    const steps = shellSteps(readText('README.md'));
    t.strictSame([...steps.keys()], ['Try it']);
    const lines = steps.get('Try it') ?? '';
    t.ok(lines.trimEnd().split('\n').length <= 20, 'they are 20 at most');
    const printed = await runSteps(steps, { directory: await folder(t), files: ['README.md'] });
    const text = printed.get('Try it') ?? '';
    t.match(text, /"status": "processed",\n *"report": \[\],\n *"results": \[\n/);
    t.match(text, /^ +\d+ .* README\.md$/m, 'unzip lists it');
    t.match(text, /event: task\n/);
    t.match(text, /\nREADME\.md\n$/, 'tar lists it');
  },
);
