import t from 'tap';
import { Closers } from '../../src/process/closers.js';

t.test('closes last first, once, and goes on after a failure', async (t) => {
  const closed: string[] = [];
  const closers = new Closers();
  closers.add(() => closed.push('first'));
  const nested = closers.nest();
  closers.add(async () => {
    closed.push('third');
    throw new Error('third fails');
  });
  nested.add(() => closed.push('second'));
  await t.rejects(closers.close(), { message: 'third fails' });
  await t.rejects(closers.close(), { message: 'third fails' });
  t.same(closed, ['third', 'second', 'first']);
});
