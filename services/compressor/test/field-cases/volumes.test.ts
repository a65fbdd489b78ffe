import { limits } from '@comprimemelo/contracts/limits';
import { rar4Bytes } from '@comprimemelo/testing/archives/rar4-bytes';
import { rar5Bytes } from '@comprimemelo/testing/archives/rar5-bytes';
import { rar5Volumes } from '@comprimemelo/testing/archives/volumes/rar-volumes';
import { zipBytes } from '@comprimemelo/testing/archives/zip-bytes';
import {
  type Contents,
  freshFolder,
  noise,
  readFiles,
  writeFiles,
} from '@comprimemelo/testing/folders';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import t, { type Test } from 'tap';
import type { LocalInput } from '../../src/job/running-job.js';
import { TaskFailure } from '../../src/job/task-failure.js';
import { convert } from '../../src/operations/convert.js';
import { decompress } from '../../src/operations/decompress.js';
import { failure } from '../fixtures/problems.js';
import { readZipByPython } from '../fixtures/programs/python-readers.js';
import { sha256 } from '../fixtures/read-entries.js';
import { type LocalJob, localJob } from '../fixtures/running-job.js';
import { decompressed, inspected, packed, type SplitWay, splitWays } from '../fixtures/volumes.js';

const password = 'secret';

async function jobOf(t: Test, contents: Contents, difference = {}): Promise<LocalJob> {
  const { running, inputs } = await localJob(t, contents, difference);
  return { running: { ...running, password }, inputs };
}

/** In another order: the last first, then the first. */
function shuffled(parts: Contents): Contents {
  const [first, ...rest] = Object.entries(parts);
  const last = rest.pop();
  return Object.fromEntries([last, first, ...rest.reverse()].filter((one) => one !== undefined));
}

const without = (parts: Contents, ...names: string[]): Contents =>
  Object.fromEntries(Object.entries(parts).filter(([name]) => !names.includes(name)));

/** The names in the order of the parts. */
function namesOf(parts: Contents): string[] {
  const isLast = (name: string) => (name === 's.zip' ? 1 : 0);
  const isFirst = (name: string) => (name === 's.rar' ? -1 : 0);
  const rank = (name: string) => isLast(name) + isFirst(name);
  return Object.keys(parts).sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

const missing = '/problems/volumes-missing';

/** What a job fails with. */
const problemOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof TaskFailure ? error.problem : error),
  );

for (const [what, { format, make }] of Object.entries(splitWays)) {
  t.test(what, async (t) => {
    const parts = await make(t);
    const names = namesOf(parts);
    t.ok(names.length > 3, names.join(' '));
    const opening = names.at(names.includes('s.zip') ? -1 : 0);

    t.test('decompress, in any order', async (t) => {
      for (const inputs of [parts, shuffled(parts)]) {
        t.strictSame(await decompressed(await jobOf(t, inputs)), packed);
      }
    });

    t.test('convert', async (t) => {
      const { running, inputs } = await localJob(t, shuffled(parts), { format: 'zip' });
      const opened = what.includes('hidden') ? { ...running, password } : running;
      const { files } = await convert(opened, inputs);
      if (what.includes('hidden')) return t.ok(files[0]?.size);
      const entries = await readZipByPython(`${files[0]?.location}`);
      const sums = Object.fromEntries(entries.map((entry) => [entry.path, entry.sha256]));
      const right = Object.entries(packed).map(([path, bytes]) => [path, sha256(bytes)]);
      return t.strictSame(sums, Object.fromEntries(right));
    });

    t.test('inspect: one archive, by the part that opens it', async (t) => {
      const [only, ...others] = await inspected(await jobOf(t, shuffled(parts)));
      t.strictSame(others, []);
      const bytes = Object.values(parts).reduce((sum, { length }) => sum + length, 0);
      t.match(only, {
        input: opening,
        summary: { format, packedSize: bytes, refused: null, refusedDetail: null },
      });
      t.strictSame(only?.paths.filter((path) => path !== '').sort(), Object.keys(packed));
    });

    for (const [which, at] of [
      ['the first', 0],
      ['one between', 1],
      ['the last', -1],
    ] as const) {
      t.test(`without ${which} part`, async (t) => {
        const name = `${names.at(at)}`;
        const rest = without(parts, name);
        // A string is looked for within another.
        const problem = { type: missing, detail: name };
        t.match(await problemOf(decompressed(await jobOf(t, rest))), problem);
        const { running, inputs } = await jobOf(t, rest, { format: 'zip' });
        t.match(await problemOf(convert(running, inputs)), problem);
        const [only] = await inspected(await jobOf(t, rest));
        t.match(only?.summary, { format, refused: missing, refusedDetail: name });
      });
    }

    t.test('one part by itself', async (t) => {
      for (const name of [names[0], names.at(-1)].map(String)) {
        const only = { [name]: parts[name] ?? Buffer.alloc(0) };
        await t.rejects(decompressed(await jobOf(t, only)), failure('volumes-missing'), name);
        const [one] = await inspected(await jobOf(t, only));
        t.equal(one?.summary.refused, missing, name);
      }
    });
  });
}

t.test('several sets and a whole archive in one task', async (t) => {
  const made = (way: string) => splitWays[way]?.make(t) ?? Promise.resolve({});
  const renamed = (parts: Contents, stem: string): Contents =>
    Object.fromEntries(
      Object.entries(parts).map(([name, one]) => [`${stem}${name.slice(1)}`, one]),
    );
  const inputs = {
    ...renamed(await made('RAR 5'), 'first'),
    'whole.zip': zipBytes([{ name: 'x', data: Buffer.from('x') }]),
    ...renamed(await made('zip by Info-ZIP'), 'second'),
    ...renamed(await made('7z by 7-Zip'), 'third'),
  };
  const under = (folder: string) =>
    Object.entries(packed).map(([path, bytes]) => [`${folder}/${path}`, bytes]);
  const right = [
    ...under('first'),
    ['whole/x', Buffer.from('x')],
    ...under('second'),
    ...under('third'),
  ];
  t.strictSame(await decompressed(await localJob(t, shuffled(inputs))), Object.fromEntries(right));
  const summaries = await inspected(await localJob(t, inputs));
  t.strictSame(
    summaries.map(({ input, summary }) => [input, summary.format]),
    [
      ['first.part1.rar', 'rar'],
      ['whole.zip', 'zip'],
      ['second.zip', 'zip'],
      ['third.7z.001', '7z'],
    ],
  );
});

t.test('a damaged archive in all its parts is damaged, not incomplete', async (t) => {
  for (const way of ['tar.gz by split, in letters', '7z by 7-Zip', 'RAR 5', 'zip by Info-ZIP']) {
    const parts = await (splitWays[way] as SplitWay).make(t);
    const second = namesOf(parts)[1] ?? '';
    const damaged = Buffer.from(parts[second] ?? '');
    damaged.fill(0x55, 50_000, 50_100);
    const job = await localJob(t, { ...parts, [second]: damaged });
    await t.rejects(decompressed(job), failure('archive-corrupt'), way);
  }
});

t.test('two of one part, and a part of another archive', async (t) => {
  const parts = await (splitWays['RAR 5'] as SplitWay).make(t);
  const twice = { ...parts, 's.part01.rar': parts['s.part1.rar'] ?? Buffer.alloc(0) };
  const job = await localJob(t, twice);
  const named = /^s\.part1\.rar and s\.part01\.rar are the same part of s\.rar/;
  const conflict = '/problems/volumes-conflict';
  for (const work of [decompressed, inspected]) {
    t.match(await problemOf(work(job)), { type: conflict, detail: named });
  }
  const zip = await (splitWays['zip by Info-ZIP'] as SplitWay).make(t);
  const more = { ...zip, 's.z99': Buffer.from('more') };
  t.match(await problemOf(decompressed(await localJob(t, more))), {
    type: conflict,
    detail: /^s\.z99 is not a part of s\.zip/,
  });
  const member = { path: 'x', data: Buffer.from('x') };
  for (const rar of [rar4Bytes([member]), rar5Bytes([member])]) {
    const pair = { 's.rar': rar, 's.r00': parts['s.part2.rar'] ?? Buffer.alloc(0) };
    t.match(await problemOf(decompressed(await localJob(t, pair))), {
      type: conflict,
      detail: /^s\.r00 is not a part of s\.rar/,
    });
    t.strictSame(await decompressed(await localJob(t, { 's.part1.rar': rar })), { x: member.data });
  }
  const whole = { 's.zip': zipBytes([{ name: 'x' }]), 's.z01': Buffer.from('more') };
  t.match(await problemOf(decompressed(await localJob(t, whole))), { type: conflict });
});

t.test('two files of one name are parts by the names that they were sent under', async (t) => {
  const parts = await (splitWays['7z by 7-Zip'] as SplitWay).make(t);
  const { running, inputs } = await localJob(t, parts);
  const [first] = inputs;
  const again = { ...first, name: 's (2).7z.001', sentAs: 's.7z.001' } as LocalInput;
  const job = { running, inputs: [...inputs, again] };
  t.match(await problemOf(decompressed(job)), { type: '/problems/volumes-conflict' });
  const other = await localJob(t, parts);
  const elsewhere = other.inputs.map((one) => ({ ...one, sentAs: `d/${one.name}` }));
  const moved = { running: other.running, inputs: elsewhere };
  t.strictSame(await decompressed(moved), packed, 'a folder is no part of the name');
});

t.test('archives that are numbered, and whole each', async (t) => {
  const zip = (name: string) => zipBytes([{ name, data: Buffer.from(name) }]);
  const job = await localJob(t, { 'logs.001': zip('x'), 'logs.002': zip('y') });
  t.strictSame(await decompressed(job), {
    'logs.001/x': Buffer.from('x'),
    'logs.002/y': Buffer.from('y'),
  });
  const alone = await localJob(t, { 'logs.001': zip('x') });
  t.strictSame(await decompressed(alone), { x: Buffer.from('x') });
});

t.test('more than named parts missing are counted', async (t) => {
  const job = await localJob(t, { 's.7z.099': Buffer.from('end') });
  t.match(await problemOf(decompressed(job)), {
    type: missing,
    detail: /^s\.7z\.001, s\.7z\.002, .*, s\.7z\.020, and 78 more are missing: /,
  });
});

t.test('a rar by itself that is a volume', async (t) => {
  const parts = await (splitWays['RAR 5'] as SplitWay).make(t);
  for (const name of ['s.part1.rar', 's.part2.rar', namesOf(parts).at(-1)].map(String)) {
    const renamed = { 'holiday.rar': parts[name] ?? Buffer.alloc(0) };
    await t.rejects(decompressed(await localJob(t, renamed)), failure('volumes-missing'), name);
    const [only] = await inspected(await localJob(t, renamed));
    t.match(only?.summary, { format: 'rar', refused: missing, refusedDetail: 'holiday.r' }, name);
  }
});

t.test('volumes of a self-extractor', async (t) => {
  const parts = await (splitWays['RAR 5'] as SplitWay).make(t);
  const { 's.part1.rar': first = Buffer.alloc(0), ...rest } = parts;
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(90_000), first]);
  const contents = { ...rest, 's.part1.exe': program };
  t.strictSame(await decompressed(await localJob(t, contents)), packed);
  const { running, inputs } = await localJob(t, contents);
  t.match((await decompress(running, inputs)).report, [{ lost: 'other-data', count: 1 }]);
});

t.test('as many volumes as a task takes files', async (t) => {
  const data = noise(limits.files * 1_000);
  const volumes = rar5Volumes([{ path: 'a', data }], 1_000);
  const parts = Object.fromEntries(volumes.map((one, at) => [`s.part${at + 1}.rar`, one]));
  t.equal(volumes.length, limits.files);
  t.strictSame(await decompressed(await localJob(t, parts)), { a: data });
});

t.test('volumes of an arj are named', async (t) => {
  const folder = await freshFolder(t);
  await writeFiles(folder, packed);
  await runShell(folder, 'arj a -y -v100k s.arj a b.txt c > /dev/null; rm a b.txt c');
  const parts = await readFiles(folder);
  t.ok(Object.keys(parts).length > 3);
  for (const name of Object.keys(parts)) {
    const only = { [name]: parts[name] ?? Buffer.alloc(0) };
    const problem = {
      type: '/problems/unsupported-archive',
      detail: `${name} is one of several volumes`,
    };
    t.match(await problemOf(decompressed(await localJob(t, only))), problem);
    const [one] = await inspected(await localJob(t, only));
    t.match(one?.summary, { format: 'arj', refused: problem.type, refusedDetail: name });
  }
});
