import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { readZipEnd } from '../../src/detect/zip-end.js';

/** The record at the end of a zip that is split into that many files and one. */
function record(filesBefore: number, comment = ''): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(filesBefore, 4);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, Buffer.from(comment)]);
}

/** The locator of the record for large archives. */
function locator(files: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt32LE(0x07064b50, 0);
  bytes.writeUInt32LE(files, 16);
  return bytes;
}

async function endOf(t: Test, ...pieces: readonly Buffer[]) {
  const file = join(await freshFolder(t), 'end');
  await writeFile(file, Buffer.concat(pieces));
  return readZipEnd(file);
}

t.test('how many files come before the last', async (t) => {
  const content = Buffer.alloc(100_000, 1);
  t.strictSame(await endOf(t, content, record(0)), { filesBefore: 0 });
  t.strictSame(await endOf(t, content, record(5, 'a comment')), { filesBefore: 5 });
  t.strictSame(await endOf(t, record(5), Buffer.alloc(30)), { filesBefore: 5 }, 'before padding');
  const large = record(0xffff);
  t.strictSame(await endOf(t, content, locator(70_000), large), { filesBefore: 69_999 });
  t.strictSame(await endOf(t, content, large), { filesBefore: 0xffff }, 'no locator');
});

t.test('what has no end of a zip', async (t) => {
  t.equal(await endOf(t), undefined);
  t.equal(await endOf(t, Buffer.alloc(100_000)), undefined);
  t.equal(await endOf(t, record(0).subarray(0, 21)), undefined);
});
