import t from 'tap';
import { applyCompleted } from '../../src/reports/apply-completed.js';
import { completed, storedResult } from '../fixtures/events.js';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

t.test('a protection that the result cannot have is in the report', async (t) => {
  const { create, events, storage, request } = await tasksFixture(t);
  const lost = { lost: 'links' as const, detail: 'Left out.', count: 1, entries: ['a'] };
  const reportOf = async (fields: Record<string, string>) => {
    const { id } = (await create(fields, [['a.zip', 'a']])).json();
    const event = completed(id, [await storedResult(storage)], { report: [lost] });
    await applyCompleted(event, events, {});
    return (await request('GET', `/api/tasks/${id}`)).json().report;
  };
  const convert = { operation: 'convert', password: 'secret' };
  t.match(await reportOf({ ...convert, format: 'tar.gz' }), [
    lost,
    {
      lost: 'encryption',
      count: 1,
      entries: ['a.zip'],
      detail: /^The format tar\.gz does not support passwords/,
    },
  ]);
  t.strictSame(await reportOf({ ...convert, format: '7z' }), [lost]);
  t.strictSame(await reportOf({ operation: 'convert', format: 'tar.gz' }), [lost]);
});
