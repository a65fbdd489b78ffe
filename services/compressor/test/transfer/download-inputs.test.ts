import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { awkwardNames } from '@comprimemelo/testing/archives/awkward-names';
import { freshFolder, noise, readFiles } from '@comprimemelo/testing/folders';
import { testStorage } from '@comprimemelo/testing/storage';
import t, { type Test } from 'tap';
import { v7 } from 'uuid';
import { downloadInputs } from '../../src/transfer/download-inputs.js';
import { createInputSource } from '../../src/transfer/input-source.js';
import { upload } from '../fixtures/bench.js';
import { failure } from '../fixtures/problems.js';

const server = await testStorage();
t.teardown(() => server.stop());
const blobs = server.client('tasks');

async function prepare(t: Test) {
  const directory = await freshFolder(t);
  const reports: number[] = [];
  return {
    directory,
    reports,
    source: createInputSource({ storage: server.client('compressor') }),
    signal: new AbortController().signal,
    report: (done: number) => reports.push(done),
  };
}

t.test('writes every input under its own name', async (t) => {
  const contents = Object.fromEntries(awkwardNames.map((name) => [name, Buffer.from(name)]));
  const options = await prepare(t);
  const inputs = await downloadInputs(await upload(blobs, contents), options);
  t.strictSame(await readFiles(`${options.directory}/in`), contents);
  t.strictSame(
    inputs.map(({ name, size }) => [name, size]),
    awkwardNames.map((name) => [name, Buffer.byteLength(name)]),
  );
});

t.test('inputs on the same disk get second names, and are still counted', async (t) => {
  const options = await prepare(t);
  const source = createInputSource({ storage: server.client('compressor'), blobRoot: server.root });
  const contents = { a: noise(300_000), b: noise(100_000) };
  const inputs = await upload(blobs, contents);
  await downloadInputs(inputs, { ...options, source });
  t.strictSame(await readFiles(`${options.directory}/in`), contents);
  t.strictSame(options.reports, [0.75, 1]);

  const wrong = inputs.slice(0, 1).map((input) => ({ ...input, size: 6 }));
  await t.rejects(downloadInputs(wrong, { ...(await prepare(t)), source }), { name: 'Error' });
});

t.test('two of one name, and names that are none', async (t) => {
  const [first] = await upload(blobs, { 'a.txt': noise(5) });
  const options = await prepare(t);
  const named = ['a.txt', 'A.TXT', '../../up', ''].map((name) => ({ ...first, name }));
  await downloadInputs(named as Parameters<typeof downloadInputs>[0], options);
  t.strictSame(
    (await readdir(`${options.directory}/in`)).sort(),
    ['A (2).TXT', 'a.txt', 'file', '.._.._up'].sort(),
  );
  t.strictSame(await readdir(options.directory), ['in']);
});

t.test('paths and times are kept, and no blob gets the time of its copy', async (t) => {
  const times = [
    '2021-05-06T07:08:09.012Z',
    '1902-01-01T00:00:00.001Z',
    '1969-12-31T23:59:59.999Z',
    '2445-12-31T23:59:59.999Z',
    '2026-01-31T12:00:00.000Z',
  ];
  const inputs = (
    await upload(blobs, Object.fromEntries(times.map((_, at) => [`${at}`, noise(at)])))
  ).map((input, at) => ({ ...input, path: `x/y ${at}/${at}`, modified: times[at] ?? '' }));
  const own = createInputSource({ storage: server.client('compressor'), blobRoot: server.root });
  for (const source of [undefined, own]) {
    const prepared = await prepare(t);
    const options = { ...prepared, ...(source && { source }) };
    const before = await Promise.all(inputs.map(({ blobKey }) => stat(join(server.root, blobKey))));
    const local = await downloadInputs(inputs, { ...options, kept: { paths: true, times: true } });
    t.strictSame(
      local.map(({ name, modified, size }) => [name, modified?.toISOString(), size]),
      times.map((time, at) => [`x/y ${at}/${at}`, time, at]),
    );
    const stats = await Promise.all(local.map(({ location }) => stat(location)));
    t.strictSame(
      stats.map(({ mtimeMs }) => new Date(Math.floor(mtimeMs)).toISOString()),
      times,
    );
    const after = await Promise.all(inputs.map(({ blobKey }) => stat(join(server.root, blobKey))));
    t.strictSame(
      after.map(({ mtimeMs }) => mtimeMs),
      before.map(({ mtimeMs }) => mtimeMs),
    );
  }
  const flat = await prepare(t);
  await downloadInputs(inputs, { ...flat, kept: { paths: false, times: false } });
  t.strictSame((await readdir(`${flat.directory}/in`)).sort(), ['0', '1', '2', '3', '4']);
});

t.test('what another name was given is known by that of its sender', async (t) => {
  const inputs = await upload(blobs, { 's.7z.001': noise(5) });
  const inFolder = inputs.map((one) => ({ ...one, path: 'd/s.7z.001' }));
  const local = await downloadInputs([...inputs, ...inputs, ...inFolder], await prepare(t));
  t.strictSame(
    local.map(({ name, sentAs }) => [name, sentAs]),
    [
      ['s.7z.001', undefined],
      ['s (2).7z.001', 's.7z.001'],
      ['s (3).7z.001', 'd/s.7z.001'],
    ],
  );
});

t.test('tells how much of all has arrived', async (t) => {
  const options = await prepare(t);
  await downloadInputs(await upload(blobs, { a: noise(300_000), b: noise(100_000) }), options);
  t.strictSame(
    options.reports,
    [...options.reports].sort((a, b) => a - b),
  );
  t.ok(options.reports.includes(0.75));
  t.equal(options.reports.at(-1), 1);
});

t.test(
  'a blob that is gone fails the task; one of another size and storage away do not',
  async (t) => {
    const gone = [{ blobKey: blobKey('uploads', v7()), name: 'gone.txt', size: 1 }];
    await t.rejects(downloadInputs(gone, await prepare(t)), {
      ...failure('processing-failed'),
      message: 'The input gone.txt is no longer in storage.',
    });

    const [input] = await upload(blobs, { a: noise(5) });
    const longer = [{ blobKey: input?.blobKey ?? '', name: 'a', size: 6 }];
    await t.rejects(downloadInputs(longer, await prepare(t)), { name: 'Error' });

    const signal = AbortSignal.abort(new Error('cut'));
    const cut = downloadInputs(longer, { ...(await prepare(t)), signal });
    await t.rejects(cut, { message: 'cut' });

    const options = await prepare(t);
    await mkdir(`${options.directory}/elsewhere`);
    await server.kill();
    await t.rejects(downloadInputs(longer, options), { code: 'unavailable' });
  },
);
