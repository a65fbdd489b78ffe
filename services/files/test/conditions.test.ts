import t from 'tap';
import { judgeConditions } from '../src/conditions.js';

const etag = '"aa"';
const judge = (headers: Record<string, string>, size = 100, method = 'GET') =>
  judgeConditions({ method, headers }, etag, size);
const range = (start: number, end: number) => ({ answer: 'range', range: { start, end } });

t.test('single ranges', async (t) => {
  t.strictSame(judge({}), { answer: 'whole' });
  t.match(judge({ range: 'bytes=0-9' }), range(0, 9));
  t.match(judge({ range: 'bytes=90-' }), range(90, 99));
  t.match(judge({ range: 'bytes=-10' }), range(90, 99), 'a suffix');
  t.match(judge({ range: 'bytes=-1000' }), range(0, 99), 'a suffix longer than the file');
  t.match(judge({ range: 'bytes=50-1000' }), range(50, 99));
  t.match(judge({ range: 'bytes=50-9223372036854775808' }), range(50, 99), 'above 2^63-1');
  t.strictSame(judge({ range: 'bytes=100-' }), { answer: 'range-not-satisfiable' });
  t.strictSame(judge({ range: 'bytes=0-0' }, 0), { answer: 'range-not-satisfiable' });
});

t.test('what is not understood is answered with the whole', async (t) => {
  for (const header of ['lines=0-1', 'bytes', 'bytes=0-1,5-6', 'x']) {
    t.strictSame(judge({ range: header }), { answer: 'whole' }, header);
  }
});

t.test('HEAD has conditions and no ranges', async (t) => {
  for (const range of ['bytes=0-9', 'bytes=-1', 'bytes=100-', 'x']) {
    t.strictSame(judge({ range }, 100, 'HEAD'), { answer: 'whole' }, range);
  }
  const range = 'bytes=0-9';
  t.strictSame(judge({ range, 'if-range': etag }, 100, 'HEAD'), { answer: 'whole' });
  t.strictSame(judge({ range, 'if-match': '"x"' }, 100, 'HEAD'), {
    answer: 'precondition-failed',
  });
  t.strictSame(judge({ 'if-none-match': etag }, 100, 'HEAD'), { answer: 'not-modified' });
});

t.test('conditions', async (t) => {
  t.strictSame(judge({ 'if-none-match': etag }), { answer: 'not-modified' });
  t.strictSame(judge({ 'if-none-match': `"x", W/${etag}` }), { answer: 'not-modified' });
  t.strictSame(judge({ 'if-none-match': '*' }), { answer: 'not-modified' });
  t.strictSame(judge({ 'if-none-match': '"x"' }), { answer: 'whole' });
  t.strictSame(judge({ 'if-match': '"x"' }), { answer: 'precondition-failed' });
  t.strictSame(judge({ 'if-match': etag }), { answer: 'whole' });
  t.strictSame(judge({ 'if-match': `"x", ${etag}` }), { answer: 'whole' });
  t.strictSame(judge({ 'if-match': '*' }), { answer: 'whole' });
  t.strictSame(judge({ 'if-match': `W/${etag}` }), { answer: 'precondition-failed' });
  t.strictSame(judge({ 'if-match': `"x", W/${etag}` }), { answer: 'precondition-failed' });
  t.match(judge({ range: 'bytes=0-9', 'if-range': etag }), range(0, 9));
  t.strictSame(judge({ range: 'bytes=0-9', 'if-range': '"x"' }), { answer: 'whole' });
  t.strictSame(judge({ range: 'bytes=0-9', 'if-range': `W/${etag}` }), { answer: 'whole' });
  t.strictSame(judge({ range: 'bytes=0-9', 'if-none-match': etag }), { answer: 'not-modified' });
});
