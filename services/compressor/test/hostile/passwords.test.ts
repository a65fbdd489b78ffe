import { seal } from '@comprimemelo/service/identity/sealed-box';
import { encryptedArchives } from '@comprimemelo/testing/archives/encrypted';
import { unicodeMember } from '@comprimemelo/testing/sample-tree';
import t from 'tap';
import { openHostileRig } from '../fixtures/hostile-rig.js';
import { secretsKey } from '../fixtures/worker.js';

const sealed = (text: string) => ({
  sealedPassword: seal(text, secretsKey).toString('base64url'),
});
const failure = (slug: string) => ({
  type: 'task.failed',
  error: { type: `/problems/${slug}` },
});

t.test('an encrypted archive opens by its password alone', async (t) => {
  const rig = await openHostileRig(t);
  for (const { name, bytes, password } of await encryptedArchives(t)) {
    await t.test(name, async (t) => {
      const archive = { [name]: bytes };
      t.match(await rig.run(archive), failure('password-required'), 'without');
      for (const wrong of ['wrong', `${password}x`, password.slice(0, -1), '-p', 'a\nb']) {
        t.match(await rig.run(archive, sealed(wrong)), failure('password-wrong'), wrong);
      }
      const end = await rig.run(archive, sealed(password));
      t.strictSame(await rig.contentsOf(t, end), { [unicodeMember.path]: unicodeMember.data });
      const convert = { operation: 'convert', format: 'tar.gz' } as const;
      t.match(await rig.run(archive, convert), failure('password-required'), 'convert without');
      t.match(await rig.run(archive, { ...convert, ...sealed(password) }), {
        type: 'task.completed',
      });
    });
  }
  await rig.confirmNoHarm(t);
});
