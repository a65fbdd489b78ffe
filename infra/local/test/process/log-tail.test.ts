import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { lastLines, logSize, rotateLog } from '../../src/process/log-tail.js';

t.test('the last lines, JSON by its message', (t) => {
  const file = join(t.testdir(), 'a.log');
  const json = JSON.stringify({ level: 60, msg: 'cannot start', err: { message: 'no key' } });
  writeFileSync(file, `old\nplain\n\n${json}\n{"broken\n`);
  t.same(lastLines(file, 3), ['plain', 'cannot start: no key', '{"broken']);
  t.same(
    lastLines(file, 9, 4),
    ['plain', 'cannot start: no key', '{"broken'],
    'behind the old ones',
  );
  t.same(lastLines(file, 3, logSize(file)), []);
  t.same(lastLines(`${file}.absent`, 3), []);
  t.equal(logSize(`${file}.absent`), 0);
  t.end();
});

t.test('a large log is put aside', (t) => {
  const file = join(t.testdir(), 'a.log');
  writeFileSync(file, 'small');
  rotateLog(file);
  t.equal(logSize(file), 5);
  truncateSync(file, 17 * 1024 * 1024);
  rotateLog(file);
  t.notOk(existsSync(file));
  t.equal(statSync(`${file}.1`).size, 17 * 1024 * 1024);
  t.end();
});
