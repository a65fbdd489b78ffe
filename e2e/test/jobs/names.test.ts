import t from 'tap';
import { type Input, inputText, newClient } from '../client/api-client.js';
import { readArchive, save, scratch, sha256Of } from '../client/foreign-readers.js';
import { testedSystem } from '../config.js';

const system = testedSystem();

const names = [
  'with space.txt',
  'año à la carte.txt',
  '文件.txt',
  'ファイル.txt',
  '😀 emoji.txt',
  `it's "quoted".txt`,
  '-rf',
  '--help.txt',
  '@list.txt',
  '.hidden',
  'no-extension',
  'semi;colon & $HOME `x`.txt',
  '*?.txt',
  `${'x'.repeat(251)}.txt`,
  `${'é'.repeat(125)}.long`,
];

for (const format of ['zip', '7z', 'tar', 'tar.gz']) {
  t.test(`names of all kinds survive in ${format}`, async (t) => {
    const client = await newClient(system.origin);
    const inputs: Input[] = [
      ...names.map((name, index) => inputText(name, `content ${index}`)),
      inputText('empty', ''),
      inputText('one byte', '1'),
    ];
    const task = await client.run({ format, name: 'mixed names' }, inputs);
    t.match(task, { status: 'processed', error: null });
    t.strictSame(
      task.files.map(({ name }) => name),
      inputs.map(({ name }) => name),
    );
    const response = await client.request(`/api/tasks/${task.id}/result`);
    const path = await save(response, await scratch(t), `a.${format}`);
    const read = await readArchive(format, path);
    const expected = new Map<string, string>();
    for (const { name, content } of inputs) expected.set(name, await sha256Of(content));
    t.strictSame([...read].sort(), [...expected].sort());
  });
}

t.test('each name alone gives a result of its own name', async (t) => {
  const client = await newClient(system.origin);
  const tasks = await Promise.all(
    names.map((name) => client.run({ format: 'gz' }, [inputText(name, name)])),
  );
  for (const [index, task] of tasks.entries()) {
    const name = names[index] ?? '';
    const [result] = task.results;
    t.equal(task.status, 'processed', name);
    t.ok(Buffer.byteLength(result?.name ?? '') <= 255);
    if (Buffer.byteLength(name) <= 252) t.equal(result?.name, `${name}.gz`);
  }
});

t.test('a name that is too long is taken, and cut at a character', async (t) => {
  const client = await newClient(system.origin);
  const kanji = '漢'.repeat(86);
  const longest = '漢'.repeat(83);
  const given = [kanji, `${kanji}.txt`, `${kanji}.txt`, 'e\u0301'.repeat(86)];
  const inputs = given.map((name, index) => inputText(name, `content ${index}`));
  const task = await client.run({ format: 'zip' }, inputs);
  t.match(task, { status: 'processed', error: null });
  t.strictSame(
    task.files.map(({ name }) => name),
    ['漢'.repeat(85), `${longest}.txt`, `${longest}.txt`, 'e\u0301'.repeat(85)],
  );
  const response = await client.request(`/api/tasks/${task.id}/result`);
  const read = await readArchive('zip', await save(response, await scratch(t), 'a.zip'));
  t.strictSame(
    [...read.keys()].sort(),
    ['漢'.repeat(85), `${longest}.txt`, `${'漢'.repeat(82)} (2).txt`, 'e\u0301'.repeat(85)].sort(),
  );
});

t.test('two files of one name are both there', async (t) => {
  const client = await newClient(system.origin);
  const task = await client.run({ format: 'zip' }, [
    inputText('same.txt', 'first'),
    inputText('same.txt', 'second'),
    inputText('SAME.txt', 'third'),
  ]);
  t.equal(task.status, 'processed');
  const response = await client.request(`/api/tasks/${task.id}/result`);
  const read = await readArchive('zip', await save(response, await scratch(t), 'a.zip'));
  t.equal(read.size, 3);
  const expected = await Promise.all(
    ['first', 'second', 'third'].map((text) => sha256Of(new Blob([text]))),
  );
  t.strictSame([...read.values()].sort(), expected.sort());
  t.ok(read.has('same.txt'));
});

t.test('the same file ten times at once', async (t) => {
  const client = await newClient(system.origin);
  const tasks = await Promise.all(
    Array.from({ length: 10 }, () => client.run({ format: '7z' }, [inputText('a.txt', 'same')])),
  );
  t.strictSame(new Set(tasks.map(({ status }) => status)), new Set(['processed']));
  t.equal(new Set(tasks.map(({ results }) => results[0]?.id)).size, 10, 'ten results');
});

t.test('an empty file and one of a single byte, in every format of one file', async (t) => {
  const client = await newClient(system.origin);
  const directory = await scratch(t);
  for (const format of ['gz', 'bz2', 'xz']) {
    for (const text of ['', '1']) {
      const task = await client.run({ format }, [inputText('a.txt', text)]);
      t.equal(task.status, 'processed', `${format} of ${text.length} bytes`);
      const response = await client.request(`/api/tasks/${task.id}/result`);
      const path = await save(response, directory, `${text.length}.${format}`);
      const [content] = [...(await readArchive(format, path)).values()];
      t.equal(content, await sha256Of(new Blob([text])));
    }
  }
});
