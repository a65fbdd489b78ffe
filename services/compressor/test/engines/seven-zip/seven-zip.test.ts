import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { openSevenZip, versionOf } from '../../../src/engines/seven-zip/seven-zip.js';

/** A program that says this of itself. */
async function program(t: Test, banner: string): Promise<string> {
  const path = join(await freshFolder(t), 'program');
  await writeFile(path, `#!/bin/sh\necho '${banner}'\n`, { mode: 0o755 });
  return path;
}

t.test('the packaged 7-Zip runs and is new enough', async (t) => {
  const { version, binary } = await openSevenZip();
  t.ok(Number(version) >= 26.02, version);
  t.match(binary, /7zzs$/);
});

t.test('the version is read from the banner', async (t) => {
  t.equal(versionOf('\n7-Zip (z) 26.03 (x64) : Copyright (c) 1999-2026 Igor Pavlov'), '26.03');
  t.equal(versionOf('\n7-Zip (a) [64] 16.02 : Copyright (c) 1999-2016 Igor Pavlov'), '16.02');
  t.equal(versionOf('bzip2 1.0.8'), undefined);
});

t.test('what is too old, no 7-Zip, or not there is refused with its reason', async (t) => {
  const old = await program(t, '7-Zip (z) 26.01 (x64) : Copyright');
  await t.rejects(openSevenZip({ binary: old }), {
    message: '7-Zip 26.01 is too old: 26.02 or newer is needed',
  });
  const other = await program(t, 'hello');
  await t.rejects(openSevenZip({ binary: other }), { message: `this is no 7-Zip: ${other}` });
  await t.rejects(openSevenZip({ binary: '/nowhere' }), { message: '7-Zip cannot run: /nowhere' });
});

t.test('does not open where the full sandbox is required and does not work', async (t) => {
  t.equal((await openSevenZip({ requireSandbox: true })).launcher.sandbox, 'bwrap');
  // A program that needs its libraries cannot run where there is nothing but itself.
  const binary = await program(t, '7-Zip (z) 26.03 (x64) : Copyright');
  t.equal((await openSevenZip({ binary })).launcher.sandbox, 'namespaces');
  await t.rejects(openSevenZip({ binary, requireSandbox: true }), {
    message: /cannot be confined here.*bwrap: bwrap: execvp/,
  });
});
