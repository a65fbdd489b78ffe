import { freshFolder, readFiles } from '@comprimemelo/testing/folders';
import t from 'tap';
import { startSevenZip } from '../../../src/engines/process/run-program.js';
import { limitWrittenBytes } from '../../../src/engines/process/written-bytes.js';
import { anyProgram } from '../../fixtures/programs/any-program.js';

const shell = await anyProgram('/usr/bin/dd');
const access = { reads: [] };
const mebibyte = 1024 * 1024;

t.test('kills what writes more than it may', async (t) => {
  const cwd = await freshFolder(t);
  const endless = ['if=/dev/zero', 'of=out', 'bs=64k', 'conv=notrunc', 'oflag=dsync'];
  const writer = startSevenZip(shell, endless, { cwd, access, output: 'ignore' });
  const watch = limitWrittenBytes(writer, 2 * mebibyte);
  t.match(await writer.ended, { signal: 'SIGKILL', killed: true });
  t.equal(watch.exceeded, true);
  t.ok(Object.values(await readFiles(cwd)).every(({ length }) => length > 2 * mebibyte));
});

t.test('leaves alone what keeps to it', async (t) => {
  const cwd = await freshFolder(t);
  const modest = ['if=/dev/zero', 'of=out', 'bs=64k', 'count=16', 'oflag=dsync'];
  const writer = startSevenZip(shell, modest, { cwd, access, output: 'ignore' });
  const watch = limitWrittenBytes(writer, 2 * mebibyte);
  t.match(await writer.ended, { exitCode: 0, killed: false });
  t.equal(watch.exceeded, false);
});
