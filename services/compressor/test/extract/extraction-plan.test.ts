import t from 'tap';
import type { ListedEntry } from '../../src/engines/seven-zip/listing.js';
import { createExtractionPlan } from '../../src/extract/extraction-plan.js';

const entry = (rawPath: string, kind: ListedEntry['kind'] = 'file', dictionaryBytes = 0) => ({
  path: rawPath,
  rawPath,
  kind,
  size: 1,
  packedSize: 1,
  modified: undefined,
  encrypted: false,
  dictionaryBytes,
});

t.test('everything, but for links and what lies below them', async (t) => {
  const plan = createExtractionPlan();
  plan.add(entry('./a', 'file', 5), undefined);
  plan.add(entry('d', 'directory'), undefined);
  plan.add(entry('l/x/y'), undefined);
  plan.add(entry('./l', 'link', 3), undefined);
  plan.add(entry('pipe', 'special'), undefined);
  plan.add(entry('twice'), undefined);
  plan.add(entry('twice', 'link'), undefined);
  const below: string[] = [];
  t.strictSame(
    plan.settle((path) => below.push(path)),
    {
      leftOut: ['./l', 'pipe', 'twice'],
      dictionaryBytes: 5,
    },
  );
  t.strictSame([...plan.expected], ['a']);
  t.strictSame(below, ['l/x/y']);
});

t.test('what is asked for alone', async (t) => {
  const plan = createExtractionPlan();
  plan.add(entry('./d/a'), './d');
  plan.add(entry('./d/b'), './d');
  plan.add(entry('c'), 'c');
  const wanted = plan.settle(() => undefined);
  t.strictSame(wanted, { leftOut: [], dictionaryBytes: 0, only: ['./d', 'c'] });
  plan.add(entry('e'), '');
  t.strictSame(
    plan.settle(() => undefined),
    { leftOut: [], dictionaryBytes: 0 },
  );
});

t.test('deep paths by the ten thousands take no time worth speaking of', async (t) => {
  const plan = createExtractionPlan();
  const deep = 'd/'.repeat(1_800);
  plan.add(entry('link', 'link'), undefined);
  for (let at = 0; at < 20_000; at += 1) plan.add(entry(`${deep}${at}`), undefined);
  plan.settle(() => t.fail('nothing is below the link'));
  t.equal(plan.expected.size, 20_000);
});
