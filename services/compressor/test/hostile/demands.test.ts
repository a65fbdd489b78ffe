import t from 'tap';
import { greatDictionaries } from '../fixtures/great-dictionaries.js';
import { openHostileRig } from '../fixtures/hostile-rig.js';

t.test('a dictionary of 1 GiB is more than is given', async (t) => {
  const rig = await openHostileRig(t);
  const demanding = { type: 'task.failed', error: { type: '/problems/archive-too-demanding' } };
  for (const [name, bytes] of Object.entries(greatDictionaries())) {
    t.match(await rig.run({ [name]: bytes }), demanding, name);
  }
  await rig.confirmNoHarm(t);
});
