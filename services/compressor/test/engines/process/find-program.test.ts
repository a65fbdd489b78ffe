import t from 'tap';
import { findProgram } from '../../../src/engines/process/find-program.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';

const { launcher } = await openSevenZip();
const bsdtar = { name: 'bsdtar', option: '--version', version: /^bsdtar (\d+\.\d+\.\d+)\b/ };

t.test('finds a program with its version and its libraries', async (t) => {
  const found = await findProgram(launcher, bsdtar);
  t.match(found, { binary: /\/bsdtar$/, version: /^3\.\d+\.\d+$/ });
  t.ok(found?.libraries.includes('/usr/lib'));
});

t.test('one that is not there is none', async (t) => {
  t.equal(await findProgram(launcher, { ...bsdtar, name: 'no-such-program' }), undefined);
});

t.test('another one of that name, or one that cannot run, is an error that names it', async (t) => {
  await t.rejects(findProgram(launcher, { ...bsdtar, name: 'cat' }), {
    message: /^this is no cat: /,
  });
  await t.rejects(findProgram(launcher, { ...bsdtar, name: 'false' }), {
    message: /^false cannot run: /,
  });
});
