import { writtenFormats } from '@comprimemelo/contracts/formats';
import t from 'tap';
import { type AskedTask, planTask } from '../src/task-request.js';

const plan = (asked: AskedTask, ...names: string[]) => planTask(asked, names);

t.test('formats go by any of their names', async (t) => {
  for (const [word, format] of [
    ['zip', 'zip'],
    ['.ZIP', 'zip'],
    ['tgz', 'tar.gz'],
    ['.tbz2', 'tar.bz2'],
    [' txz ', 'tar.xz'],
    ['7z', '7z'],
  ] as const) {
    t.equal(plan({ format: word }, 'a.txt').format, format);
  }
});

t.test('an operation that is left out goes by the names', async (t) => {
  t.equal(plan({ format: 'zip' }, 'a.txt').operation, 'compress');
  t.equal(plan({ format: '7z' }, 'a.zip').operation, 'convert');
  t.equal(plan({ format: '7z', operation: '' }, 'a.TAR.GZ').operation, 'convert');
  t.equal(plan({ format: '7z' }, 'a.zip', 'b.tgz').operation, 'convert');
  t.equal(plan({ format: '7z' }, 'a.zip', 'b.txt').operation, 'compress');
  t.equal(plan({ format: 'zip', operation: 'compress' }, 'a.zip').operation, 'compress');
  t.strictSame(plan({ operation: 'inspect' }, 'a.zip'), {
    ...{ operation: 'inspect', format: null, options: {} },
  });
});

t.test('what cannot be done is told by its problem', async (t) => {
  const refused: [AskedTask, string[], string][] = [
    [{ format: 'rar' }, ['a'], 'unsupported-format'],
    [{ format: 'docx' }, ['a'], 'unsupported-format'],
    [{}, ['a'], 'invalid-request'],
    [{ operation: 'convert' }, ['a.zip'], 'invalid-request'],
    [{ operation: 'squeeze', format: 'zip' }, ['a'], 'invalid-request'],
    [{ operation: 'decompress', format: 'zip' }, ['a.zip'], 'invalid-request'],
    [{ format: 'gz' }, ['a', 'b'], 'single-file-format'],
    [{ format: 'zip', options: { level: 'extreme' } }, ['a'], 'invalid-request'],
    [{ format: 'zip', options: [] }, ['a'], 'invalid-request'],
    [{ format: 'tar', options: { level: 'best' } }, ['a'], 'unsupported-option'],
    [{ format: 'zip', options: { password: 'x' } }, ['a'], 'unsupported-option'],
    [{ format: 'zip', options: { name: '../x' } }, ['a'], 'unusable-name'],
    [{ format: 'zip', options: { name: 'a\nb' } }, ['a'], 'unusable-name'],
    [{ format: 'zip', options: { name: 'é'.repeat(128) } }, ['a'], 'unusable-name'],
  ];
  for (const [asked, names, code] of refused) {
    t.throws(() => planTask(asked, names), { code }, JSON.stringify(asked));
  }
});

t.test('who asks for rar is told what can be written', async (t) => {
  try {
    plan({ format: 'rar' }, 'a.txt');
    t.fail('rar was taken');
  } catch (error) {
    t.strictSame((error as { options: { supported: string[] } }).options.supported, writtenFormats);
  }
});
