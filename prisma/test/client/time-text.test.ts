import t from 'tap';
import { nullableTimeText, timeJson, timeText } from '../../src/client/time-text.js';

t.test('the text of the driver and the Date of Prisma give the same', async (t) => {
  t.equal(timeText('2026-01-31 12:00:00.007'), '2026-01-31T12:00:00.007Z');
  t.equal(timeText('2026-01-31 12:00:00'), '2026-01-31T12:00:00.000Z');
  t.equal(timeText(new Date('2026-01-31T12:00:00.007Z')), '2026-01-31T12:00:00.007Z');
});

t.test('no time is null', async (t) => {
  t.equal(nullableTimeText(null), null);
  t.equal(timeJson(null), 'null');
  t.equal(timeJson('2026-01-31 12:00:00.000'), '"2026-01-31T12:00:00.000Z"');
});
