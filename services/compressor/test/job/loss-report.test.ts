import { ReportLine } from '@comprimemelo/contracts/archive';
import t from 'tap';
import { Value } from 'typebox/value';
import { createLossReport } from '../../src/job/loss-report.js';

t.test('counts each loss and shows the first paths', async (t) => {
  const report = createLossReport();
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

t.test('what is not told has a line of its own; other kinds are no loss', async (t) => {
  const report = createLossReport(['links', 'modes']);
  report.add('modes', 'a');
  report.addUnreadable('modes', 'b');
  report.add('links', 'c');
  report.addUnreadable('times', 'd');
  const lines = report.lines();
  t.match(lines, [
    { lost: 'links', entries: ['c'] },
    { lost: 'modes', count: 1, entries: ['a'] },
    { lost: 'modes', count: 1, entries: ['b'] },
  ]);
  t.equal(new Set(lines.map(({ detail }) => detail)).size, 3);
});
