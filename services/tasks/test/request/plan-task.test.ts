import { writtenFormats } from '@comprimemelo/contracts/formats';
import t from 'tap';
import { planTask, type RequestedTask } from '../../src/request/plan-task.js';

const plan = (asked: RequestedTask, ...names: string[]) => planTask(asked, names);

t.test('formats go by any of their names', async (t) => {
  for (const [word, format] of [
    ['zip', 'zip'],
    ['.ZIP', 'zip'],
    ['tgz', 'tar.gz'],
    ['.tbz2', 'tar.bz2'],
    [' txz ', 'tar.xz'],
    ['7z', '7z'],
    ['.z7', '7z'],
    ['7Zip', '7z'],
    ['bzip', 'bz2'],
    ['BZIP2', 'bz2'],
    ['gzip', 'gz'],
    ['.tar.gzip', 'tar.gz'],
    ['tar.bz', 'tar.bz2'],
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
    operation: 'inspect',
    format: null,
    options: {},
    password: undefined,
  });
  t.equal(plan({ format: 'zip' }, 'a.rar').operation, 'convert');
  t.equal(plan({ format: 'zip' }, 'a.deb', 'b.tar.zst', 'c.LZH').operation, 'convert');
});

t.test('the parts of a split archive are an archive', async (t) => {
  const sets = [
    ['s.7z.002', 's.7z.001'],
    ['a.part1.rar', 'a.part2.rar'],
    ['a.rar', 'a.r00'],
    ['a.r00'],
    ['a.zip', 'a.z01'],
    ['a.zip.001'],
    ['a.tar.gz.aa', 'a.tar.gz.ab'],
    ['s.7z.001', 'b.zip', 's.7z.002'],
  ];
  for (const names of sets) {
    t.equal(plan({ format: 'tar' }, ...names).operation, 'convert', names.join());
    t.match(plan({}, ...names), { operation: 'decompress', format: null }, names.join());
    t.equal(plan({ operation: 'compress', format: 'zip' }, ...names).operation, 'compress');
  }
  t.equal(plan({ format: 'zip' }, 's.7z.001', 'notes.txt').operation, 'compress');
  t.equal(plan({ format: 'zip' }, 'data.001', 'data.002').operation, 'compress', 'of anything');
  t.throws(() => plan({}, 's.7z.001', 'notes.txt'), { code: 'invalid-request' });
  t.throws(() => plan({}, 'a.zip', 'b.rar'), { code: 'invalid-request' });
});

t.test('what cannot be done is told by its problem', async (t) => {
  const refused: [RequestedTask, string[], string][] = [
    [{ format: 'rar' }, ['a'], 'unsupported-format'],
    [{ format: 'docx' }, ['a'], 'unsupported-format'],
    [{}, ['a'], 'invalid-request'],
    [{ operation: 'convert' }, ['a.zip'], 'invalid-request'],
    [{ operation: 'squeeze', format: 'zip' }, ['a'], 'invalid-request'],
    [{ operation: 'decompress', format: 'zip' }, ['a.zip'], 'invalid-request'],
    [{ format: 'gz' }, ['a', 'b'], 'single-file-format'],
    [{ format: 'zip', options: { level: 'extreme' } }, ['a'], 'invalid-request'],
    [{ format: 'tar', options: { level: 'best' } }, ['a'], 'unsupported-option'],
    [{ format: 'tar', options: { password: 'x' } }, ['a'], 'unsupported-option'],
    [{ format: 'zip', options: { password: 'pässwörd' } }, ['a'], 'unsupported-option'],
    [{ format: 'zip', options: { encryptNames: true } }, ['a'], 'unsupported-option'],
    [{ format: '7z', options: { encryptNames: true } }, ['a'], 'unsupported-option'],
    [{ format: '7z', options: { entries: ['a'] } }, ['a'], 'unsupported-option'],
    [{ operation: 'decompress', options: { level: 'best' } }, ['a.zip'], 'unsupported-option'],
    [{ operation: 'decompress', options: { entries: [] } }, ['a.zip'], 'invalid-request'],
    [{ operation: 'inspect', options: { entries: ['a'] } }, ['a.zip'], 'unsupported-option'],
    [{ operation: 'inspect', options: { other: 1 } }, ['a.zip'], 'unsupported-option'],
    [
      { operation: 'decompress', options: { entries: Array(1_000).fill('é'.repeat(200)) } },
      ['a.zip'],
      'invalid-request',
    ],
    [{ format: 'zip', options: { nameEncoding: 'cp437' } }, ['a'], 'unsupported-option'],
    [{ operation: 'inspect', options: { nameEncoding: 'cp438' } }, ['a'], 'unsupported-encoding'],
    [{ operation: 'inspect', options: { nameEncoding: '' } }, ['a'], 'invalid-request'],
    [{ operation: 'inspect', options: { nameEncoding: 437 } }, ['a'], 'invalid-request'],
    [{ format: 'zip', options: { paths: 'drop' } }, ['a'], 'invalid-request'],
    [{ format: 'gz', options: { paths: 'keep' } }, ['a'], 'unsupported-option'],
    [{ format: 'tar', options: { paths: 'keep' } }, ['a.zip'], 'unsupported-option'],
    [{ format: 'zip', options: { name: '../x' } }, ['a'], 'unusable-name'],
    [{ format: 'zip', options: { name: 'a\nb' } }, ['a'], 'unusable-name'],
    [{ format: 'zip', options: { name: 'x'.repeat(4_097) } }, ['a'], 'invalid-request'],
  ];
  for (const [asked, names, code] of refused) {
    t.throws(() => planTask(asked, names), { code }, JSON.stringify(asked));
  }
});

t.test('a wrong word is told what could have been asked for', async (t) => {
  const said = (asked: RequestedTask, name = 'a.txt') => {
    try {
      return plan(asked, name);
    } catch (error) {
      return (error as Error).message;
    }
  };
  const written = writtenFormats.join(', ');
  t.equal(said({ format: 'rar' }), `\`format\` must be one of ${written}; got "rar".`);
  t.equal(said({}), `\`format\` is missing: one of ${written}.`);
  t.equal(
    said({ format: 'zip', operation: 'squeeze' }),
    '`operation` must be one of compress, decompress, convert, inspect; got "squeeze".',
  );
  t.equal(
    said({ format: 'zip', options: { level: 'ultra' } }),
    '`level` must be one of fastest, fast, normal, best; got "ultra".',
  );
  t.equal(
    said({ operation: 'decompress', options: { entries: ['a', ''] } }, 'a.zip'),
    '`entries[1]` must not be empty.',
  );
  t.equal(
    said({ format: 'zip', options: { password: 'hunter2\n' } }),
    '`password` must be 1 to 128 characters without control characters.',
  );
});

t.test('a name that is too long is cut at a character, before its extension', async (t) => {
  const named = (name: string) => plan({ format: 'zip', options: { name } }, 'a').options.name;
  t.equal(named('漢'.repeat(85)), '漢'.repeat(85), '255 bytes');
  t.equal(named('漢'.repeat(86)), '漢'.repeat(85), '258 bytes');
  t.equal(named(`${'é'.repeat(300)}.zip`), `${'é'.repeat(125)}.zip`);
});

t.test('who asks for rar is told what can be written', async (t) => {
  try {
    plan({ format: 'rar' }, 'a.txt');
    t.fail('rar was taken');
  } catch (error) {
    t.strictSame((error as { options: { supported: string[] } }).options.supported, writtenFormats);
  }
});

t.test('a password is planned apart from what is shown', async (t) => {
  const password = 'päss 🔑';
  t.strictSame(plan({ format: '7z', options: { password, encryptNames: true } }, 'a'), {
    operation: 'compress',
    format: '7z',
    options: { encryptNames: true },
    password,
  });
  for (const format of ['7z', 'tar.gz', 'xz']) {
    const options = { password, entries: ['a/b'] };
    t.match(plan({ operation: 'convert', format, options }, 'a.rar'), {
      operation: 'convert',
      format,
      options: { entries: ['a/b'] },
      password,
    });
  }
  t.match(plan({ operation: 'decompress', options: { password } }, 'a.zip'), { password });
  t.match(plan({ operation: 'inspect', options: { password } }, 'a.zip'), { password });
});

t.test('a password is a line of text', async (t) => {
  const asked = (password: unknown) => plan({ format: '7z', options: { password } }, 'a').password;
  t.equal(asked('🔑'.repeat(128)), '🔑'.repeat(128), '128 characters, whatever their bytes');
  for (const password of [
    '',
    'x'.repeat(129),
    'a\nb',
    'a\rb',
    'a\0',
    '\u0085',
    '\ud800',
    7,
    null,
  ]) {
    t.throws(() => asked(password), { code: 'invalid-request' }, JSON.stringify(password));
  }
});
