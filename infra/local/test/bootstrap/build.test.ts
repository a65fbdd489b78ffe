import { once } from 'node:events';
import { readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { bootstrap, smallCheckout } from './small-checkout.js';

/** Many builds, one after the other. */
t.setTimeout(300_000);

/** A checkout that is built, and what tells what was done in it since. */
async function builtCheckout(t: Test) {
  const { root, write } = smallCheckout(t);
  let told = 0;
  const log = () => readFileSync(join(root, 'builds.log'), 'utf8').trim().split(' ');
  const build = async () => {
    const { code, text } = await bootstrap(root, ['run', 'build']).ended;
    const builds = log().slice(told);
    told += builds.length;
    return { code, builds, text, installed: /^Installing packages$/m.test(text) };
  };
  const path = (name: string) => join(root, name);
  return { root, write, path, build, first: await build() };
}

const nothing = { code: 0, builds: [], installed: false, text: '' };

t.test('what has not changed is neither installed nor built again', async (t) => {
  const { build, first, path } = await builtCheckout(t);
  t.match(first, { code: 0, builds: ['all'], installed: true });
  t.same(await build(), nothing);
  const later = new Date(Date.now() + 60_000);
  utimesSync(path('a/source.txt'), later, later);
  utimesSync(path('pnpm-lock.yaml'), later, later);
  t.same(await build(), nothing, 'another time is no change');
});

t.test('a change of a source is built', async (t) => {
  const { build, path, write } = await builtCheckout(t);
  write('a/source.txt', 'two');
  t.match(await build(), { builds: ['more'], installed: false });
  t.same(await build(), nothing);
  write('a/source.txt', 'six');
  utimesSync(path('a/source.txt'), 1, 1);
  t.match(await build(), { builds: ['all'] }, 'the compiler would not see it: an old date');
  t.equal(readFileSync(path('a/dist/made.txt'), 'utf8'), 'six');
  write('a/new.txt', '');
  t.match(await build(), { builds: ['more'] }, 'a file that is new');
  rmSync(path('a/new.txt'));
  t.match(await build(), { builds: ['all'] }, 'a file that is gone');
  t.same(await build(), nothing);
});

t.test('what a build has made is built again where it is gone or changed', async (t) => {
  const { build, path, write } = await builtCheckout(t);
  rmSync(path('a/dist/made.txt'));
  t.match(await build(), { builds: ['all'] });
  write('a/dist/made.txt', 'by another hand');
  t.match(await build(), { builds: ['all'] });
  rmSync(path('a/dist'), { recursive: true });
  t.match(await build(), { builds: ['all'] });
  t.equal(readFileSync(path('a/dist/made.txt'), 'utf8'), 'one');
  t.same(await build(), nothing);
  write('a/dist/made.txt', 'by the compiler, called by hand');
  write('a/dist/tsconfig.tsbuildinfo', 'which remembers that');
  t.match(await build(), { builds: ['more'] });
  t.same(await build(), nothing);
});

t.test('a build that failed is tried again', async (t) => {
  const { build, write } = await builtCheckout(t);
  write('a/source.txt', 'wrong');
  t.match(await build(), { code: 1, builds: ['more'], text: /^npm run: Building: failed/m });
  t.match(await build(), { code: 1, builds: ['more'] });
  write('a/source.txt', 'one');
  t.match(await build(), { code: 0, builds: ['more'] });
  t.same(await build(), nothing);
});

t.test('a build that was killed begins anew, the sources as before or not', async (t) => {
  const { root, build, write } = await builtCheckout(t);
  write('a/source.txt', 'hang');
  const { child, output, ended } = bootstrap(root, ['run', 'build']);
  while (!output.text.includes('hanging')) await once(child.stdout, 'data');
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
  write('a/source.txt', 'one');
  t.match(await build(), { code: 0, builds: ['more', 'all'] }, 'the killed one, and this');
  t.same(await build(), nothing);
});

t.test('packages are installed again where a manifest has changed or one is gone', async (t) => {
  const { build, path, write } = await builtCheckout(t);
  const manifest = readFileSync(path('a/package.json'), 'utf8');
  write('a/package.json', manifest.replace('1.0.0', '1.0.1'));
  t.match(await build(), { code: 0, builds: ['all'], installed: true });
  t.same(await build(), nothing);
  rmSync(path('b/node_modules'), { recursive: true });
  t.match(await build(), { code: 0, builds: [], installed: true });
  t.same(await build(), nothing);
  rmSync(path('node_modules'), { recursive: true });
  t.match(await build(), { code: 0, builds: ['all'], installed: true });
});
