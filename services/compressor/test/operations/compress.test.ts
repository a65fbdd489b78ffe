import { execFile } from 'node:child_process';
import { link, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import { levels } from '@comprimemelo/contracts/states';
import { type Contents, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { compress } from '../../src/operations/compress.js';
import { decompress } from '../../src/operations/decompress.js';
import { failure } from '../fixtures/problems.js';
import { readWithLibarchive } from '../fixtures/programs/other-readers.js';
import { localJob } from '../fixtures/running-job.js';

const run = promisify(execFile);

const one: Contents = { 'one file.txt': noise(100_000) };
const three: Contents = { ...one, empty: Buffer.alloc(0), ä: Buffer.from('x') };

for (const format of writtenFormats) {
  const { singleFile, mediaType } = formats[format];
  for (const contents of singleFile ? [one] : [one, three]) {
    const count = Object.keys(contents).length;
    t.test(`${format} of ${count}: the result is verified and holds every byte`, async (t) => {
      const { running, inputs } = await localJob(t, contents, { format, resultName: 'my result' });
      const job = { ...running, fullVerify: true };
      const [result, ...more] = (await compress(job, inputs)).files;
      t.match(result, { name: 'my result', path: 'my result', mediaType });
      t.strictSame(more, []);
      const read = await readWithLibarchive(`${result?.location}`, {
        format,
        folder: join(running.directory, 'read'),
        name: 'one file.txt',
      });
      t.strictSame(read, contents);
    });
  }
}

t.test(
  'one blob as two inputs, which are two names of one file, goes in as two files',
  async (t) => {
    for (const format of writtenFormats.filter((name) => !formats[name].singleFile)) {
      const { running, inputs } = await localJob(t, one, { format });
      const twin = { ...inputs[0], name: 'twin', location: join(running.directory, 'in', 'twin') };
      await link(inputs[0]?.location ?? '', twin.location);
      const both = [...inputs, { ...twin, size: inputs[0]?.size ?? 0 }];
      const [result] = (await compress({ ...running, fullVerify: true }, both)).files;
      const folder = join(running.directory, 'read');
      const read = await readWithLibarchive(`${result?.location}`, { format, folder, name: '' });
      t.strictSame(read, { ...one, twin: one['one file.txt'] }, format);
    }
  },
);

const inFolders: Contents = {
  'a.txt': Buffer.from('a'),
  'photos/2026/b ä.jpg': noise(1_000),
  'photos/c.jpg': noise(100),
};

for (const format of writtenFormats.filter((name) => !formats[name].singleFile)) {
  t.test(`${format}: inputs within folders are packed within them, with their times`, async (t) => {
    const { running, inputs } = await localJob(t, inFolders, { format });
    const modified = new Date('2021-05-06T07:08:10Z');
    for (const { location } of inputs) await utimes(location, modified, modified);
    const { files, report } = await compress({ ...running, fullVerify: true }, inputs);
    t.strictSame(report, []);
    const folder = join(running.directory, 'read');
    const location = `${files[0]?.location}`;
    const read = await readWithLibarchive(location, { format, folder, name: '' });
    t.strictSame(read, inFolders);
    for (const name of Object.keys(inFolders)) {
      t.same((await stat(join(folder, name))).mtime, modified, name);
    }
  });
}

t.test('a format of one file says what it does not hold of it', async (t) => {
  const input = { blobKey: 'uploads/00/x', name: 'one file.txt', path: 'x/one file.txt', size: 1 };
  const modified = new Date('2021-05-06T07:08:10Z');
  for (const [format, lost] of Object.entries({
    gz: ['directories'],
    xz: ['times', 'directories'],
  })) {
    const { running, inputs } = await localJob(t, one, { format, inputs: [input] });
    const timed = inputs.map((one) => ({ ...one, modified }));
    const { report = [] } = await compress(running, timed);
    t.strictSame(
      report.map((line) => [line.lost, line.count]),
      lost.map((kind) => [kind, 1]),
      format,
    );
  }
});

t.test('a file of any size goes into a stream at every level, and a gz has its time', async (t) => {
  const modified = new Date('2021-05-06T07:08:10Z');
  for (const format of ['xz', 'gz', 'bz2', 'zst'] as const) {
    for (const level of levels) {
      for (const bytes of [Buffer.alloc(0), Buffer.from('x')]) {
        const { running, inputs } = await localJob(t, { a: bytes }, { format, options: { level } });
        const timed = inputs.map((one) => ({ ...one, modified }));
        const [result] = (await compress({ ...running, fullVerify: true }, timed)).files;
        if (format !== 'gz') continue;
        const archive = await readFile(`${result?.location}`);
        t.equal(archive.readUInt32LE(4), modified.getTime() / 1_000, level);
      }
    }
  }
});

t.test('inputs that are called the same but for case are numbered, and reported', async (t) => {
  const sent = ['a.txt', 'A.TXT', 'x/b', 'y/b'];
  const input = (path: string) => {
    const [name = path] = path.split('/').reverse();
    return { blobKey: 'uploads/00/x', name, size: 1, ...(path === name ? {} : { path }) };
  };
  for (const [paths, given, lost] of [
    ['keep', ['a.txt', 'A (2).TXT', 'x/b', 'y/b'], ['A.TXT']],
    ['flatten', ['a.txt', 'A (2).TXT', 'b', 'b (2)'], ['A.TXT', 'b']],
  ] as const) {
    const contents = Object.fromEntries(given.map((name) => [name, Buffer.from('1')]));
    const job = { format: 'zip', options: { paths }, inputs: sent.map(input) };
    const { running, inputs } = await localJob(t, contents, job);
    const { report = [] } = await compress(running, inputs);
    t.match(report, [{ lost: 'names', count: lost.length, entries: lost }]);
    t.equal(report.length, 1);
  }
});

t.test('what cannot be written fails at once', async (t) => {
  for (const format of ['rar', 'constructor', null]) {
    const { running, inputs } = await localJob(t, one, { format });
    await t.rejects(compress(running, inputs), failure('unsupported-format'));
  }
  const { running, inputs } = await localJob(t, three, { format: 'gz' });
  await t.rejects(compress(running, inputs), failure('single-file-format'));
});

const unicode: Contents = Object.fromEntries(
  ['ä.txt', 'ne\u0301e', '漢字仮名.txt', '\u{1f600}.png'].map((name) => [name, Buffer.from(name)]),
);

t.test('a zip says that its names are UTF-8, for every system to read', async (t) => {
  const { running, inputs } = await localJob(t, unicode, { format: 'zip' });
  const [result] = (await compress(running, inputs)).files;
  const program =
    'import sys, zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist():\n  print(i.flag_bits & 0x800, i.filename)';
  const env = { PYTHONIOENCODING: 'utf-8', PATH: '/usr/bin:/bin' };
  const { stdout } = await run('python3', ['-c', program, `${result?.location}`], { env });
  const expected = Object.keys(unicode).map((name) => `2048 ${name}`);
  t.strictSame(stdout.trim().split('\n').sort(), expected.sort());
});

t.test('a password encrypts a zip by AES-256 and a 7z; it opens them again', async (t) => {
  for (const [format, options] of [
    ['zip', {}],
    ['7z', {}],
    ['7z', { encryptNames: true }],
  ] as const) {
    const { running, inputs } = await localJob(t, three, { format, options });
    const secret = {
      ...running,
      password: format === 'zip' ? 'correct "horse"' : 'ü "ä"',
      fullVerify: true,
    };
    const [result] = (await compress(secret, inputs)).files;
    const archive = await readFile(`${result?.location}`);
    const job = await localJob(t, { [`a.${format}`]: archive });
    await t.rejects(decompress(job.running, job.inputs), failure('password-required'));
    const again = await localJob(t, { [`a.${format}`]: archive });
    const { files } = await decompress(
      { ...again.running, password: secret.password },
      again.inputs,
    );
    t.strictSame(files.map(({ path }) => path).sort(), Object.keys(three).sort());
  }
});

t.test('a password that could not encrypt is refused', async (t) => {
  for (const [format, password] of [
    ['tar.gz', 'secret'],
    ['zip', 'geheim ü'],
  ] as const) {
    const { running, inputs } = await localJob(t, one, { format });
    await t.rejects(compress({ ...running, password }, inputs), failure('unsupported-option'));
  }
});
