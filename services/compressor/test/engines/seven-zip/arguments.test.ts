import t from 'tap';
import {
  contentsArguments,
  listArguments,
  packArguments,
  packInputArguments,
  testArguments,
  unwrapArguments,
} from '../../../src/engines/seven-zip/arguments.js';

const sorted = (line: readonly string[]) => [...line].sort();

t.test('packing names the folder alone, never what is in it', async (t) => {
  const packing = packArguments('/s/a.7z', { type: '7z', level: 5, threads: 2 });
  t.equal(packing[0], 'a');
  t.strictSame(packing.slice(-3), ['--', '/s/a.7z', '.']);
  t.strictSame(
    sorted(packing.slice(1, -3)),
    sorted(['-t7z', '-mx=5', '-mmt=2', '-y', '-bb0', '-bso0', '-bse2', '-bsp1']),
  );
  t.notOk(packArguments('/s/a.tar', { type: 'tar', threads: 2 }).some((one) => /^-mx/.test(one)));
});

t.test('a compound tar is packed from standard input', async (t) => {
  t.strictSame(
    sorted(packInputArguments('/s/a.tar.gz', { type: 'gzip', level: 3, threads: 1 })),
    sorted(
      ['a', '--', '/s/a.tar.gz', '-tgzip', '-si', '-mx=3', '-mmt=1', '-y', '-bb0'].concat(
        '-bso0',
        '-bse2',
        '-bsp0',
      ),
    ),
  );
});

t.test('reading always names the type', async (t) => {
  t.strictSame(
    sorted(listArguments('/s/a', 'zip')),
    sorted(['l', '--', '/s/a', '-tzip', '-slt', '-ba', '-y', '-bb0']),
  );
  t.ok(testArguments('/s/a', 'xz', 2).includes('-txz'));
  t.strictSame(
    sorted(contentsArguments('/s/a', { type: '7z', threads: 2, lists: {} })),
    sorted(
      ['x', '--', '/s/a', '-t7z', '-so', '-mmt=2', '-y', '-bb0', '-bso0', '-bse2', '-bsp0'].concat(
        '-spd',
        '-scsWIN',
      ),
    ),
  );
  const unwrapping = unwrapArguments('/s/a', 'bzip2', 2);
  for (const one of ['x', '/s/a', '-tbzip2', '-so']) t.ok(unwrapping.includes(one), one);
});

t.test('names stand behind the end of the switches, and nothing else does', async (t) => {
  const list = '@/s/list';
  const switches = { type: 'zip', threads: 1, encrypted: true } as const;
  for (const [line, names] of [
    [packArguments(list, switches), [list, '.']],
    [packInputArguments(list, switches), [list]],
    [listArguments(list, 'zip'), [list]],
    [testArguments(list, 'zip', 1), [list]],
    [contentsArguments(list, { ...switches, lists: { only: '/s/o' } }), [list]],
    [unwrapArguments(list, 'gzip', 1), [list]],
  ] as const) {
    const end = line.indexOf('--');
    t.strictSame(line.slice(end + 1), names);
    t.ok(
      line.slice(1, end).every((one) => one.startsWith('-')),
      line.join(' '),
    );
  }
});

t.test('a password is asked for, never named', async (t) => {
  const switches = { threads: 1, encrypted: true, encryptNames: true };
  const zip = packArguments('/s/a.zip', { ...switches, type: 'zip', encryptNames: false });
  t.ok(zip.includes('-p') && zip.includes('-mem=AES256'));
  const seven = packArguments('/s/a.7z', { ...switches, type: '7z' });
  t.ok(seven.includes('-p') && seven.includes('-mhe=on'));
  const open = packArguments('/s/a.7z', { type: '7z', threads: 1, encryptNames: true });
  t.notOk(open.some((one) => /^-(?:p|mhe|mem)/.test(one)));
  for (const reading of [listArguments('/s/a', 'zip'), testArguments('/s/a', 'zip', 1)]) {
    t.notOk(reading.some((one) => one.startsWith('-p')));
  }
});

t.test('entries are named in files, as bytes and not as patterns', async (t) => {
  const lists = { only: '/s/only', leftOut: '/s/out' };
  const reading = contentsArguments('/s/a', { type: 'tar', threads: 2, lists });
  for (const one of ['-i@/s/only', '-x@/s/out', '-spd', '-scsWIN'])
    t.ok(reading.includes(one), one);
});
