import { ReportLine } from '@comprimemelo/contracts/archive';
import t from 'tap';
import { Value } from 'typebox/value';
import { createReport } from '../src/report.js';

t.test('counts each loss and shows the first paths', async (t) => {
  const report = createReport();
  t.strictSame(report.lines(), []);
  for (let at = 0; at < 1_000; at += 1) report.add('modes', `${at}`);
  report.add('links', 'n'.repeat(1_000));
  const lines = report.lines();
  t.match(lines, [
    { lost: 'links', count: 1, entries: ['n'.repeat(512)] },
    { lost: 'modes', count: 1_000, entries: Array.from({ length: 20 }, (_, at) => `${at}`) },
  ]);
  t.equal(lines[1]?.entries.length, 20);
  for (const line of lines) t.ok(Value.Check(ReportLine, line));
});
