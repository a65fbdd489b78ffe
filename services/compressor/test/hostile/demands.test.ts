import {
  greatDictionaries,
  hiddenDictionaries,
} from '@comprimemelo/testing/archives/great-dictionaries';
import { type Contents, noise } from '@comprimemelo/testing/folders';
import t, { type Test } from 'tap';
import { createMemoryBudget } from '../../src/job/memory-budget.js';
import type { Operation } from '../../src/job/running-job.js';
import { compress } from '../../src/operations/compress.js';
import { decompress } from '../../src/operations/decompress.js';
import { openHostileRig } from '../fixtures/hostile-rig.js';
import { localJob } from '../fixtures/running-job.js';

const demanding = { type: '/problems/archive-too-demanding' };

t.test('a dictionary of 1 GiB is more than is given', async (t) => {
  const rig = await openHostileRig(t);
  for (const [name, bytes] of Object.entries(greatDictionaries())) {
    t.match(await rig.run({ [name]: bytes }), { type: 'task.failed', error: demanding }, name);
  }
  await rig.confirmNoHarm(t);
});

t.test('one that no listing tells of finds no address space', async (t) => {
  const rig = await openHostileRig(t);
  const { 'second.zst': zst, 'second.xz': xz } = hiddenDictionaries();
  t.match(await rig.run({ 'a.zst': zst }), { type: 'task.failed', error: demanding });
  // Of xz 7-Zip takes what it has no memory for for damage.
  const corrupt = { type: 'task.failed', error: { type: '/problems/archive-corrupt' } };
  t.match(await rig.run({ 'a.xz': xz }), corrupt);
  await rig.confirmNoHarm(t);
});

const mebibyte = 1024 * 1024;

/** The operation under a budget of so many bytes. */
async function doneWith(
  t: Test,
  operation: Operation,
  {
    contents,
    format = null,
    budget,
  }: { contents: Contents; format?: string | null; budget: number },
) {
  const { running, inputs } = await localJob(t, contents, { format });
  const memory = createMemoryBudget(budget);
  return (await operation({ ...running, memory }, inputs)).files.length;
}

/** Said by the reckoning alone: of a limit that 7-Zip has met while it worked, nothing else is told. */
const reckoned = {
  name: 'TaskFailure',
  problem: {
    ...demanding,
    detail: /^The job needs \d+ bytes of memory, but a worker has only \d+\.$/,
  },
};

t.test('what does not fit into the budget is reckoned before it is begun', async (t) => {
  for (const [name, bytes] of Object.entries(greatDictionaries(28))) {
    const contents = { [name]: bytes };
    const refused = doneWith(t, decompress, { contents, budget: 256 * mebibyte });
    await t.rejects(refused, reckoned, name);
    // The model's stream is none: 7-Zip begins, and finds that out.
    if (name === 'model.7z') continue;
    t.equal(await doneWith(t, decompress, { contents, budget: 512 * mebibyte }), 1, name);
  }
  const packing = { contents: { a: noise(4 * mebibyte) }, format: '7z' };
  const refused = doneWith(t, compress, { ...packing, budget: 64 * mebibyte });
  await t.rejects(refused, reckoned, 'to pack');
  t.equal(await doneWith(t, compress, { ...packing, budget: 512 * mebibyte }), 1);
});
