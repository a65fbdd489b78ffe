import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';

await pause(100);
t.test('of the second file', async (t) => t.pass('two'));
