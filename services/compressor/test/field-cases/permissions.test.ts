import t from 'tap';
import { convertTo, kindsOf, madeBy, madeByPython } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const modes = [0o400, 0o600, 0o644, 0o660, 0o664, 0o700, 0o755, 0o770, 0o775, 0o777];
const octal = (mode: number) => mode.toString(8).padStart(3, '0');
const files = modes.map((mode) => `f${octal(mode)}`);

/** A file and a folder of each mode. */
const tree = modes
  .map((mode) => octal(mode))
  .map(
    (mode) =>
      `echo ${mode} > f${mode}; chmod ${mode} f${mode}; mkdir d${mode}; chmod ${mode} d${mode}`,
  )
  .join('\n');

const packers = {
  'a tar': { name: 'm.tar', pack: 'tar -cf "$1" *' },
  'a tar of bsdtar': { name: 'm.tar', pack: 'bsdtar -cf "$1" *' },
  'a zip': { name: 'm.zip', pack: 'zip -qr "$1" *' },
  'a 7z': { name: 'm.7z', pack: 'bsdtar --format=7zip -cf "$1" *' },
  'a cpio': { name: 'm.cpio', pack: 'find * | sort | cpio --quiet -oH newc > "$1"' },
};

const modesOf = (entries: readonly { path: string; mode: number }[]) =>
  Object.fromEntries(entries.map(({ path, mode }) => [path, octal(mode)]));

for (const [what, { name, pack }] of Object.entries(packers)) {
  t.test(`permissions of ${what} are kept to the bit`, async (t) => {
    const archive = await madeBy(t, name, `${tree}\n${pack}`);
    const whole = Object.fromEntries(
      modes.flatMap((mode) => ['d', 'f'].map((kind) => [`${kind}${octal(mode)}`, octal(mode)])),
    );
    for (const format of ['tar.gz', 'zip'] as const) {
      const { entries, report } = await convertTo(t, archive, format);
      t.match(modesOf(entries), whole, format);
      t.strictSame(kindsOf(report), [], format);
    }
  });
}

t.test(
  'set-user-id, set-group-id and sticky bits are taken off, and one line says so',
  async (t) => {
    const lines = `for f in u g plain; do echo $f > $f; done; mkdir s
chmod 4755 u; chmod 2750 g; chmod 1777 s; tar -cf "$1" g plain s u`;
    const archive = await madeBy(t, 's.tar', lines);
    for (const format of ['tar.gz', 'zip'] as const) {
      const { entries, report } = await convertTo(t, archive, format);
      t.strictSame(modesOf(entries), { g: '750', plain: '644', s: '777', u: '755' }, format);
      t.strictSame(kindsOf(report), [['modes', 3, 'g', 's', 'u']], format);
    }
  },
);

t.test('an entry of a zip with permissions and no type has them', async (t) => {
  const program = `with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for mode in ${JSON.stringify(modes)}:
    info = zipfile.ZipInfo('f%03o' % mode); info.create_system = 3; info.external_attr = mode << 16
    z.writestr(info, 'x')`;
  const archive = await madeByPython(t, 'typeless.zip', program);
  const { files: found } = await threeAgree(t, archive);
  t.strictSame(
    found.map(({ path }) => path),
    files,
  );
  for (const format of ['tar.gz', 'zip'] as const) {
    const { entries } = await convertTo(t, archive, format);
    const whole = modes.map((mode) => [`f${octal(mode)}`, octal(mode)]);
    t.strictSame(modesOf(entries), Object.fromEntries(whole), format);
  }
});
