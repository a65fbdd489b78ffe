import t from 'tap';
import { unreadableMetadata } from '../../src/extract/unreadable-metadata.js';

const file = { kind: 'file', size: 1, host: 'Unix' } as const;

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

t.test('an image that hides them may also have links, which are empty', async (t) => {
  const image = { format: 'iso', hidesRockRidge: true } as const;
  const of = (size: number) => unreadableMetadata(image, { kind: 'file', size, host: undefined });
  t.strictSame(of(1), ['modes']);
  t.strictSame(of(0), ['modes', 'links']);
  t.strictSame(unreadableMetadata({ ...image, hidesRockRidge: false }, file), []);
});
