import t from 'tap';
import { checkDiskSpace } from '../../src/process/disk-space.js';

t.test('a disk with too little room is refused in one line', (t) => {
  const directory = t.testdir();
  t.doesNotThrow(() => checkDiskSpace(directory, 1));
  t.throws(() => checkDiskSpace(directory, Number.MAX_SAFE_INTEGER), {
    name: 'Refusal',
    message: /^The disk is full: \d+ MiB are free for .*, \d+ MiB are needed\.$/,
  });
  t.end();
});
