import t from 'tap';
import type { Result } from 'tap-parser';
import { countTap } from '../../src/tests/tap-totals.js';

function totalsOf(tap: string) {
  const files: unknown[] = [];
  const failures: Result[] = [];
  const counter = countTap({
    onGroup: (name, totals) => files.push([name, totals.passed, totals.failed, totals.skipped]),
    onFailure: (result) => failures.push(result),
  });
  counter.parser.end(`TAP version 14\n${tap}`);
  return { ...counter.totals(), files, failures: failures.map(({ fullname }) => fullname) };
}

t.test('assertions count, not the lines that close a subtest', (t) => {
  const tap = `
# Subtest: a.test.js
    # Subtest: inner
        ok 1 - one
        ok 2 - two
        not ok 3 - three
        1..3
    not ok 1 - inner
    ok 2 - outer
    1..2
not ok 1 - a.test.js
# Subtest: b.test.js
    ok 1 - only
    ok 2 - later # SKIP no time
    ok 3 - inner, left out # SKIP
    1..3
ok 2 - b.test.js
1..2
`;
  t.same(totalsOf(tap), {
    passed: 4,
    failed: 1,
    skipped: 2,
    files: [
      ['a.test.js', 3, 1, 0],
      ['b.test.js', 1, 0, 2],
    ],
    failures: ['a.test.js > inner > three'],
  });
  t.end();
});

t.test('buffered subtests count the same', (t) => {
  const tap = `
ok 1 - a.test.js {
    ok 1 - inner {
        ok 1 - one
        1..1
    }
    ok 2 - two
    1..2
}
1..1
`;
  t.match(totalsOf(tap), { passed: 2, failed: 0, skipped: 0 });
  t.end();
});

t.test('a file that breaks off without a failed assertion has failed once', (t) => {
  const tap = `
# Subtest: a.test.js
    ok 1 - one
    1..1
not ok 1 - a.test.js
  ---
  signal: SIGKILL
  ...
1..1
`;
  t.match(totalsOf(tap), { passed: 1, failed: 1, files: [['a.test.js', 1, 1, 0]] });
  t.end();
});

t.test('a subtest without assertions counts once', (t) => {
  const tap = `
# Subtest: a.test.js
    # Subtest: inner
        1..0
    ok 1 - inner
    1..1
ok 1 - a.test.js
1..1
`;
  t.match(totalsOf(tap), { passed: 1, failed: 0, skipped: 0 });
  t.end();
});

t.test('a file that is left out as a whole counts once', (t) => {
  const tap = `
# Subtest: a.test.js
    1..0 # no such server
ok 1 - a.test.js # SKIP no such server
1..1
`;
  t.match(totalsOf(tap), { passed: 0, failed: 0, skipped: 1 });
  t.end();
});
