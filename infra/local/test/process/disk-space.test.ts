import t from 'tap';
import { checkDiskSpace } from '../../src/process/disk-space.js';

t.test('a disk with too little room is refused in one line', (t) => {
  const directory = t.testdir();
  t.doesNotThrow(() => checkDiskSpace(directory, 1));
  t.throws(() => checkDiskSpace(directory, Number.MAX_SAFE_INTEGER), {
    name: 'Refusal',
    message: /^Not enough disk space: .* has \d+ MiB free, but \d+ MiB are required\.$/,
  });
  t.end();
});
