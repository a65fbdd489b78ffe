import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { BlobSink } from '../src/blob-sink.js';

const folder = await mkdtemp(join(tmpdir(), 'sink-'));
t.teardown(() => rm(folder, { recursive: true }));

async function newFile(name: string): Promise<[string, FileHandle]> {
  const path = join(folder, name);
  return [path, await open(path, 'wx')];
}

/** `file` with one of its methods replaced. */
const replacing = (file: FileHandle, name: string, method: unknown) =>
  new Proxy(file, {
    get(target, asked) {
      if (asked === name) return method;
      const member: unknown = Reflect.get(target, asked);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

t.test('short writes are gone on with', async (t) => {
  const [path, file] = await newFile('short');
  const chunks = [2_500, 1, 1_000, 0, 999].map((size) => randomBytes(size));
  // As on a disk that fills up: at most 1,000 bytes at a time.
  const writev = (buffers: Buffer[]) => file.write(Buffer.concat(buffers).subarray(0, 1_000));
  const sink = new BlobSink(replacing(file, 'writev', writev), 10_000);
  for (const chunk of chunks) sink.write(chunk);
  sink.end();
  await once(sink, 'finish');
  await file.close();
  const all = Buffer.concat(chunks);
  t.ok(all.equals(await readFile(path)));
  const sha256 = createHash('sha256').update(all).digest('hex');
  t.same(sink.stored(), { size: 4_500, sha256 });
});

t.test('a sink that is full says so', async (t) => {
  const [, file] = await newFile('full');
  const sink = new BlobSink(file, 10);
  sink.write('12345678901');
  const [error] = (await once(sink, 'error')) as [Error];
  t.match(error, { code: 'upload-too-large' });
  await file.close();
});

t.test(
  'a failed write back is not lost, not even when it is told after the last byte',
  async (t) => {
    const [, file] = await newFile('failing');
    const datasync = () => pause(50).then(() => Promise.reject(new Error('EIO')));
    const sink = new BlobSink(replacing(file, 'datasync', datasync), Number.POSITIVE_INFINITY);
    sink.end(Buffer.alloc(33 * 1024 * 1024));
    await t.rejects(finished(sink), { message: 'EIO' });
    await file.close();
  },
);
