import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { arBytes } from '@comprimemelo/testing/archives/ar-bytes';
import { freshFolder, noise } from '@comprimemelo/testing/folders';
import t from 'tap';
import { endsWithMember } from '../../src/detect/ar-end.js';

t.test('an ar ends with a member, or it is cut', async (t) => {
  const place = join(await freshFolder(t), 'a.a');
  const of = async (bytes: Buffer) => {
    await writeFile(place, bytes);
    return endsWithMember(place);
  };
  const whole = arBytes([
    { name: 'odd', data: noise(3) },
    { name: 'even', data: noise(4) },
  ]);
  t.ok(await of(whole));
  t.ok(await of(whole.subarray(0, 8)), 'no members');
  for (const cut of [1, 4, 20, 60]) t.notOk(await of(whole.subarray(0, -cut)), `${cut} bytes cut`);
  const damaged = Buffer.from(whole);
  damaged.write('x', 8 + 48);
  t.notOk(await of(damaged), 'a size that is none');
});
