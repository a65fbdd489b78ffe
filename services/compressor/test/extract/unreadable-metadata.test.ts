import t from 'tap';
import { untoldOf } from '../../src/extract/unreadable-metadata.js';

const file = { kind: 'file', size: 1, host: 'Unix' } as const;

t.test('LZH and ARJ of Unix have modes that are not told', async (t) => {
  t.strictSame(untoldOf({ format: 'lzh' }, file), ['modes']);
  t.strictSame(untoldOf({ format: 'arj' }, { ...file, host: 'UNIX' }), ['modes', 'times']);
  t.strictSame(untoldOf({ format: 'lzh' }, { ...file, host: 'MS-DOS' }), []);
  t.strictSame(untoldOf({ format: 'zip' }, file), []);
  t.strictSame(untoldOf({ format: 'lzh' }, { ...file, kind: 'directory' }), []);
});

t.test('an image that hides them may also have links, which are empty', async (t) => {
  const image = { format: 'iso', hidesRockRidge: true } as const;
  const of = (size: number) => untoldOf(image, { kind: 'file', size, host: undefined });
  t.strictSame(of(1), ['modes']);
  t.strictSame(of(0), ['modes', 'links']);
  t.strictSame(untoldOf({ ...image, hidesRockRidge: false }, file), []);
});
