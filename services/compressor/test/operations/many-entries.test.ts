import { execFile } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nodeFlags } from '@comprimemelo/service/process/node-flags';
import { tarBytes } from '@comprimemelo/testing/archives/tar-bytes';
import { freshFolder } from '@comprimemelo/testing/folders';
import t from 'tap';

const program = fileURLToPath(new URL('../fixtures/programs/inspect-tar.js', import.meta.url));
const mebibyte = 1024 * 1024;
const some = 1_000;
const names = Array.from({ length: some }, (_, at) => ({ name: `a folder/entry ${at}` }));
const headers = tarBytes(names).subarray(0, 512 * some);

/** A tar of so many thousand empty files, on the disk: a thousand names, over and over. */
async function writeTar(folder: string, thousands: number): Promise<string> {
  const location = join(folder, `${thousands}.tar`);
  const file = await open(location, 'wx');
  for (let at = 0; at < thousands; at += 1) await file.write(headers);
  await file.write(Buffer.alloc(1_024));
  await file.close();
  await mkdir(`${location}.job`);
  return location;
}

t.test('of 400,000 entries the worker keeps as many as may be extracted', async (t) => {
  const folder = await freshFolder(t);
  const archives = [await writeTar(folder, 1), await writeTar(folder, 400)];
  const args = [...nodeFlags, program, folder, ...archives];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const [few, many] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { grown: number; entries: number });
  t.equal(few?.entries, some);
  t.equal(many?.entries, 400 * some);
  const grown = many?.grown ?? Number.NaN;
  // 100,000 entries, the paths of twice as many, and what comes and goes between two marks of the heap: 100 to 150 MiB. To
  // keep each of them would take several times that.
  t.ok(grown < 256 * mebibyte, `${Math.round(grown / mebibyte)} MiB more`);
});
