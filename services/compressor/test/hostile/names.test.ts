import { singleEntry } from '@comprimemelo/testing/archives/single-entry';
import t, { type Test } from 'tap';
import { type HostileRig, openHostileRig } from '../fixtures/hostile-rig.js';

const data = Buffer.from('hostile');

/** A name that no archive may have, and what is said of it; `#` stands for a name of the test's own. */
type BadName = readonly [name: string, reason: RegExp];
type Build = (name: string, data: Buffer) => Buffer;

const out = /leads outside the target folder/;
const absolute = /absolute/;
const control = /control character/;
const reserved = /not allowed on Windows/;

/** Two at a time: as many as the worker has slots. */
async function refuseAll(
  t: Test,
  rig: HostileRig,
  { format, build, names }: { format: string; build: Build; names: readonly BadName[] },
): Promise<void> {
  const tries = names.map(async ([pattern, detail]) => {
    const name = pattern.replace('#', rig.mark);
    const end = await rig.run({ [`a.${format}`]: build(name, data) });
    const error = { type: '/problems/unsafe-entry', detail, entry: String };
    t.match(end, { type: 'task.failed', error }, `${JSON.stringify(name)} in ${format}`);
  });
  await Promise.all(tries);
}

const leadingAway: readonly BadName[] = [
  ['../#', out],
  ['../../../#', out],
  ['a/../../#', out],
  ['a/b/../../../../../../../../../../../../tmp/#', out],
  ['/tmp/#', absolute],
  ['//tmp/#', absolute],
];

t.test('names that lead out of the folder', async (t) => {
  const rig = await openHostileRig(t);
  for (const [format, build] of Object.entries(singleEntry)) {
    await refuseAll(t, rig, { format, build, names: leadingAway });
  }
  await rig.confirmNoHarm(t);
});

/** One of each kind: drive letters, what Windows takes for a way out, controls, what it has no files of. */
const ofEachKind: readonly BadName[] = [
  ['C:\\#', absolute],
  ['..\\#', out],
  ['a\nb', control],
  ['\u001b[31mred', control],
  ['CON', reserved],
  ['a.', reserved],
];

const more: readonly BadName[] = [
  ['C:/#', absolute],
  ['c:#', absolute],
  ['\\\\server\\share\\#', absolute],
  ['\\#', absolute],
  ['a\\..\\..\\#', out],
  ['a\u0085b', control],
  ['a\tb', control],
  ['\u007f', control],
  ...['con.txt', 'NUL', 'a/COM1.txt/b', 'LPT9', 'a/aux', 'a ', 'a./b'].map(
    (name) => [name, reserved] as const,
  ),
];

t.test('names that are none on Windows, or anywhere', async (t) => {
  const rig = await openHostileRig(t);
  for (const [format, build] of Object.entries(singleEntry)) {
    const names = format === 'zip' ? [...ofEachKind, ...more] : ofEachKind;
    await refuseAll(t, rig, { format, build, names });
  }
  await rig.confirmNoHarm(t);
});
