import t from 'tap';
import { unreadableMetadata } from '../../src/extract/unreadable-metadata.js';

const file = { kind: 'file', host: 'Unix' } as const;

t.test('LZH and ARJ of Unix have modes that are not told', async (t) => {
  t.strictSame(unreadableMetadata({ format: 'lzh' }, file), ['modes']);
  t.strictSame(unreadableMetadata({ format: 'arj' }, { ...file, host: 'UNIX' }), [
    'modes',
    'times',
  ]);
  t.strictSame(unreadableMetadata({ format: 'lzh' }, { ...file, host: 'MS-DOS' }), []);
  t.strictSame(unreadableMetadata({ format: 'zip' }, file), []);
  t.strictSame(unreadableMetadata({ format: 'lzh' }, { ...file, kind: 'directory' }), []);
});
