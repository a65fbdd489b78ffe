import t from 'tap';
import { type FormerWork, planChange } from '../../src/request/plan-change.js';
import type { RequestedTask } from '../../src/request/plan-task.js';

const compressed: FormerWork = {
  operation: 'compress',
  format: '7z',
  options: { level: 'best', name: 'mine' },
  hasPassword: false,
  password: undefined,
};
const hidden: FormerWork = {
  ...compressed,
  options: { level: 'best', encryptNames: true },
  hasPassword: true,
};
const decompressed: FormerWork = {
  ...compressed,
  operation: 'decompress',
  format: null,
  options: { entries: ['a'] },
};

const change = (former: FormerWork, asked: RequestedTask, name = 'a.zip') =>
  planChange(former, asked, [name]);

t.test('what is left out stays, where it goes with the rest', async (t) => {
  t.strictSame(change(compressed, { format: 'zip' }), {
    operation: 'compress',
    format: 'zip',
    options: { level: 'best', name: 'mine' },
    password: undefined,
  });
  t.match(change(compressed, { format: 'tar' }).options, { name: 'mine' });
  t.notOk('level' in change(compressed, { format: 'tar' }).options, 'tar has no levels');
  t.strictSame(change(compressed, { operation: 'decompress' }), {
    operation: 'decompress',
    format: null,
    options: {},
    password: undefined,
  });
  t.match(change(compressed, { operation: 'convert' }), { operation: 'convert', format: '7z' });
});

t.test('options are merged, and null takes one away', async (t) => {
  const options = (asked: Record<string, unknown>) =>
    change(compressed, { options: asked }).options;
  t.strictSame(options({ level: 'fast' }), { level: 'fast', name: 'mine' });
  t.strictSame(options({ name: null }), { level: 'best' });
  t.strictSame(options({ level: null, name: null }), {});
});

t.test('a format asks for an archive, whatever was done before', async (t) => {
  t.match(change(decompressed, { format: 'zip' }), {
    operation: 'convert',
    format: 'zip',
    options: { entries: ['a'] },
  });
  t.match(change(decompressed, { format: 'zip' }, 'a.txt'), { operation: 'compress' });
});

t.test('what cannot be done is told by its problem', async (t) => {
  const refused: [FormerWork, RequestedTask, string][] = [
    [decompressed, { operation: 'compress' }, 'invalid-request'],
    [compressed, { operation: 'inspect', format: 'zip' }, 'invalid-request'],
    [compressed, { operation: 'squeeze' }, 'invalid-request'],
    [compressed, { format: 'rar' }, 'unsupported-format'],
    [compressed, { format: 'tar', options: { level: 'best' } }, 'unsupported-option'],
    [compressed, { options: { password: '' } }, 'invalid-request'],
    [compressed, { options: { entries: ['a'] } }, 'unsupported-option'],
  ];
  for (const [former, asked, code] of refused) {
    t.throws(() => change(former, asked), { code }, JSON.stringify(asked));
  }
});

t.test('a password is given again, taken away, or kept while it is known', async (t) => {
  t.throws(() => change(hidden, { format: 'zip' }), { code: 'password-required' });
  t.throws(() => change(hidden, { options: { level: 'fast' } }), { code: 'password-required' });
  t.match(change(hidden, { options: { password: 'new' } }), {
    password: 'new',
    options: { encryptNames: true },
  });
  t.strictSame(change(hidden, { options: { password: null } }), {
    operation: 'compress',
    format: '7z',
    options: { level: 'best' },
    password: undefined,
  });
  const known = { ...hidden, password: 'old' };
  t.match(change(known, { format: 'zip' }), { password: 'old' });
  t.throws(() => change(known, { format: 'tar' }), { code: 'unsupported-option' }, 'never lost');
  t.match(change(known, { format: 'tar', options: { password: null } }), { format: 'tar' });
});
