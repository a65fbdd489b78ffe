import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import type { WritableEntry } from '../../../src/engines/writable-entry.js';
import { writeZip } from '../../../src/engines/zip/write-zip.js';
import { readZipByPython } from '../../fixtures/programs/python-readers.js';
import { writable } from '../../fixtures/writable.js';

/** Seconds of 0x5455, or null where an entry has no such field. */
async function timesOf(t: Test, entries: readonly WritableEntry[]): Promise<(number | null)[]> {
  const location = join(await freshFolder(t), 'a.zip');
  const { signal } = new AbortController();
  await writeZip(entries, { location, level: 6, threads: 2, signal, onBytes: () => undefined });
  return (await readZipByPython(location)).map(({ modified }) => modified);
}

t.test('only a first file that is called mimetype has no extra field', async (t) => {
  const type = writable.file('mimetype', Buffer.from('application/epub+zip'));
  const other = writable.file('other');
  const { seconds } = type.modified;
  t.strictSame(await timesOf(t, [type, other]), [null, seconds]);
  t.strictSame(await timesOf(t, [other, type]), [seconds, seconds]);
  t.strictSame(await timesOf(t, [writable.link('mimetype', 'other'), other]), [seconds, seconds]);
  t.strictSame(await timesOf(t, [writable.directory('mimetype'), other]), [seconds, seconds]);
});
