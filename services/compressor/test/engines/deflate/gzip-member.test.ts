import { gunzipSync } from 'node:zlib';
import { noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { gzipMember } from '../../../src/engines/deflate/gzip-member.js';
import { findEncoders } from '../../../src/engines/encoders.js';
import { openSevenZip } from '../../../src/engines/seven-zip/seven-zip.js';
import { anyProgram } from '../../fixtures/programs/any-program.js';

const { launcher } = await openSevenZip();
const { libdeflate: found } = await findEncoders(launcher);
if (found === undefined) throw new Error('libdeflate-gzip is missing');
const libdeflate = found;
const { signal } = new AbortController();
const text = Buffer.from('one line and another, '.repeat(60_000));

t.test('packs bytes to a member that zlib reads', async (t) => {
  for (const level of [1, 6, 12]) {
    const mixed = Buffer.concat([text, noise(100_000), Buffer.alloc(300_000)]);
    const member = await gzipMember(libdeflate, mixed, { level, signal });
    t.ok(gunzipSync(member).equals(mixed), `level ${level}`);
  }
});

t.test('nothing is a member as well', async (t) => {
  const member = await gzipMember(libdeflate, Buffer.alloc(0), { level: 6, signal });
  t.equal(gunzipSync(member).length, 0);
});

t.test('a program that gives something else is not believed', async (t) => {
  const cat = { ...libdeflate, ...(await anyProgram('/bin/cat')) };
  await t.rejects(gzipMember(cat, text, { level: 1, signal }));
  const none = { ...libdeflate, ...(await anyProgram('/bin/true')) };
  await t.rejects(gzipMember(none, text, { level: 1, signal }));
});

t.test('an aborted signal ends it', async (t) => {
  const controller = new AbortController();
  const options = { level: 12, signal: controller.signal };
  const packing = gzipMember(libdeflate, noise(20_000_000), options);
  controller.abort(new Error('cancelled'));
  await t.rejects(packing, { message: 'cancelled' });
});
