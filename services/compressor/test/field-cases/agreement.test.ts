import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { awkwardNames } from '@comprimemelo/testing/archives/awkward-names';
import { encryptedArchives } from '@comprimemelo/testing/archives/encrypted';
import { foreignArchives } from '@comprimemelo/testing/archives/foreign-archives';
import { dataOf } from '@comprimemelo/testing/archives/member';
import { singleEntry } from '@comprimemelo/testing/archives/single-entry';
import { freshFolder } from '@comprimemelo/testing/folders';
import { unicodeMember } from '@comprimemelo/testing/sample-tree';
import t from 'tap';
import { right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';
import { packed, splitWays } from '../fixtures/volumes.js';

/** Whose package has files of its own beside those that were packed. */
const holdsMore = (format: string) => format === 'deb';

for (const foreign of foreignArchives) {
  t.test(
    `${foreign.format} by ${foreign.name}: inspect, decompress and convert agree`,
    async (t) => {
      const archive = await foreign.make(await freshFolder(t));
      const contents = { [basename(archive)]: await readFile(archive) };
      const { files, report } = await threeAgree(t, contents);
      t.strictSame(report, []);
      const members = foreign.members.filter(({ directory }) => !directory);
      const whole = right(Object.fromEntries(members.map((one) => [one.path, dataOf(one)])));
      const found = new Set(summed(files).map(String));
      for (const one of whole) t.ok(found.has(String(one)), one[0]);
      if (!holdsMore(foreign.format)) t.equal(files.length, whole.length);
    },
  );
}

t.test('they agree on one file of any name', async (t) => {
  const data = Buffer.from('data');
  for (const [extension, build] of Object.entries(singleEntry)) {
    const name = awkwardNames[Object.keys(singleEntry).indexOf(extension) + 1] ?? '';
    const { files } = await threeAgree(t, { [`a.${extension}`]: build(name, data) });
    const own = files.filter(({ path }) => path === name);
    t.strictSame(summed(own), right({ [name]: data }), `${extension}: ${name}`);
  }
});

t.test('they agree on encrypted archives', async (t) => {
  for (const { name, bytes, password } of await encryptedArchives(t)) {
    const { files, summary } = await threeAgree(t, { [name]: bytes }, {}, password);
    t.strictSame(summed(files), right({ [unicodeMember.path]: dataOf(unicodeMember) }), name);
    t.equal(summary.encrypted, true, name);
  }
});

t.test('they agree on archives in parts', async (t) => {
  for (const [name, { make }] of Object.entries(splitWays)) {
    const { files } = await threeAgree(t, await make(t), {}, 'secret');
    t.strictSame(summed(files).sort(), right(packed), name);
  }
});
