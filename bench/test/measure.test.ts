import { execFileSync } from 'node:child_process';
import t from 'tap';
import { measure, median } from '../src/measure.js';

t.test('counts the CPU time of processes that have ended', async (t) => {
  const busy = 'while (process.cpuUsage().user < 300_000);';
  const { cpu, wall } = await measure(async () => execFileSync(process.execPath, ['-e', busy]));
  t.ok(cpu >= 0.29, `${cpu} s`);
  t.ok(wall > 0);
});

t.test('the median', async (t) => {
  t.equal(median([3, 1, 2]), 2);
  t.equal(median([4, 1, 3, 2]), 2);
});
