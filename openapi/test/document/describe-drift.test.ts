import t from 'tap';
import { describeDrift } from '../../src/document/describe-drift.js';

const drift = (before: unknown, after: unknown) =>
  describeDrift(JSON.stringify(before), JSON.stringify(after)).split('\n');

t.test('what is new, gone and changed, each with its place', async (t) => {
  const before = { paths: { '/a': { get: { summary: 'One', tags: ['x'] } } }, old: true };
  const after = { paths: { '/a': { get: { summary: 'Two', tags: ['x', 'y'] } }, '/b': {} } };
  t.same(drift(before, after), [
    'paths > /a > get > summary',
    '  - "One"',
    '  + "Two"',
    'paths > /a > get > tags > 1',
    '  + "y"',
    'paths > /b',
    '  + {}',
    'old',
    '  - true',
  ]);
});

t.test('a long description is cut', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`n${index}`, index]));
  const lines = drift({}, many);
  t.equal(lines.length, 41);
  t.equal(lines.at(-1), 'and 160 more lines');
});

t.test('what is no document, and what differs in layout alone', async (t) => {
  t.match(describeDrift('', '{}'), 'missing or is not JSON');
  t.match(describeDrift('{"a":1,"b":2}', '{"b":2,"a":1}'), 'only the order or the layout differs');
});
