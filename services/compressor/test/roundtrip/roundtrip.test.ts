import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freshFolder } from '@comprimemelo/testing/folders';
import fc from 'fast-check';
import pLimit from 'p-limit';
import t from 'tap';
import { roundTripSettings } from '../fixtures/config.js';
import { localJob } from '../fixtures/running-job.js';
import { openArchiveReader } from './archive-reader.js';
import { featureNames, featuresOf } from './features.js';
import { type Journey, journeysOf } from './journeys.js';
import { journeysThrough, type Pair, pairs } from './pairs.js';
import { travel } from './travel.js';

const { trees, seed, replay } = roundTripSettings();
/** Journeys at once. */
const lanes = 3;
/** Smaller journeys that are tried after a failure. */
const mostShrinks = 60;

const { running } = await localJob(t, {});
const python = openArchiveReader();
t.teardown(() => python.close());
const readers = { python, sevenZip: running.sevenZip.binary };
const root = await freshFolder(t);

/** How many journeys went through each pair of formats, and had each feature. */
const seen = { pairs: new Map<string, number>(), features: new Map<string, number>() };

function count(journey: Journey): void {
  const add = (counts: Map<string, number>, name: string) =>
    counts.set(name, (counts.get(name) ?? 0) + 1);
  add(seen.pairs, journey.pair.join(' to '));
  for (const feature of featuresOf(journey)) add(seen.features, feature);
}

async function goes(journey: Journey): Promise<void> {
  const folder = await mkdtemp(join(root, 'journey-'));
  try {
    await travel(journey, { running, readers, folder });
    count(journey);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What went wrong, the smallest journey on which it does, and how to go it again; undefined of what holds. */
async function faultOf(pair: Pair, options: fc.Parameters<[Journey]>): Promise<string | undefined> {
  let tries: number | undefined;
  const property = fc.asyncProperty(journeysOf(pair), async (journey) => {
    if (tries !== undefined && ++tries > mostShrinks) return;
    await goes(journey).catch((error: unknown) => {
      tries ??= 0;
      throw error;
    });
  });
  const result = await fc.check(property, options);
  if (!result.failed) return undefined;
  const again = [...pair, result.seed, result.counterexamplePath].join(' ');
  const shown = JSON.stringify(result.counterexample);
  const { message, cause = '' } = result.errorInstance as Error;
  return `${message}\n${cause}\n${shown}\nROUNDTRIP_REPLAY='${again}'`;
}

if (replay) {
  t.test('one journey again', async (t) => {
    const { from, to, ...options } = replay;
    const pair = pairs.find(([one, other]) => one === from && other === to);
    if (pair === undefined) throw new Error(`${from} or ${to} is not written`);
    t.equal(await faultOf(pair, options), undefined);
  });
} else {
  t.test(
    `${trees} trees are equal after every pair of formats, or their loss is reported`,
    async (t) => {
      const limit = pLimit(lanes);
      const tryPair = async (pair: Pair, at: number) => {
        const numRuns = journeysThrough(pair, trees);
        const fault = await faultOf(pair, { seed: seed + at, numRuns });
        t.equal(fault, undefined, pair.join(' to '));
      };
      await limit.map(pairs, tryPair);
      const names = pairs.map((pair) => pair.join(' to '));
      t.strictSame(
        names.filter((name) => !seen.pairs.has(name)),
        [],
        'every pair was gone',
      );
      const missing = featureNames.filter((name) => !seen.features.has(name));
      t.strictSame(missing, [], 'trees had everything that they can have');
      t.comment(`seed ${seed}: ${JSON.stringify(Object.fromEntries(seen.features))}`);
    },
  );
}
