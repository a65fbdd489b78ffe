import t from 'tap';
import { convertTo, kindsOf, madeBy, madeByPython, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const lines = Array.from({ length: 1_000 }, (_, at) => `${at + 1}\n`).join('');

const streams = {
  'f.zst': 'pzstd -qc f > "$1"',
  'f.txt.zst': 'pzstd -qc - < f > "$1"',
  'f.lzma': 'xz --format=lzma -c f > "$1"',
  'f.Z': 'bsdtar -Z --format=raw -cf "$1" f',
  'd.tlz': 'tar -cf - f | xz --format=lzma > "$1"',
  'd.tar.lzma': 'tar --lzma -cf "$1" f',
  'd.taz': 'bsdtar -Zcf "$1" f',
  'd.tar.Z': 'bsdtar -Zcf "$1" f',
  'd.tar.zst': 'tar -cf - f | pzstd -qc - > "$1"',
  'd.tzst': 'tar -cf - f | pzstd -qc - > "$1"',
};

for (const [name, pack] of Object.entries(streams)) {
  t.test(`${name} by ${pack.split(' ').slice(0, -2).join(' ')}`, async (t) => {
    const archive = await madeBy(t, name, `seq 1000 > f\n${pack}`);
    const { files, report, tarReport } = await threeAgree(t, archive);
    const whole = right({ [name === 'f.txt.zst' ? 'f.txt' : 'f']: lines });
    t.strictSame(summed(files), whole);
    t.strictSame(kindsOf([...report, ...tarReport]), []);
    t.strictSame(summed((await convertTo(t, archive, 'zip')).entries), whole);
  });
}

t.test('pzstd begins with a frame to be skipped', async (t) => {
  const archive = await madeBy(t, 'f.zst', 'seq 1000 > f; pzstd -qc f > "$1"');
  t.equal(archive['f.zst']?.readUInt32LE(0), 0x184d2a50);
});

t.test('zst with skippable frames of every number, before and between', async (t) => {
  const program = `import struct, subprocess
skip = lambda number, length: struct.pack('<II', 0x184D2A50 + number, length) + b'z' * length
pack = lambda text: subprocess.run(['zstd', '-qc'], input=text, stdout=subprocess.PIPE, check=True).stdout
with open(sys.argv[1], 'wb') as out:
  for number in range(16): out.write(skip(number, number * 100))
  out.write(pack(b'first, ') + skip(3, 0) + pack(b'second') + skip(15, 70000))`;
  const archive = await madeByPython(t, 'f.zst', program);
  const { files, report } = await threeAgree(t, archive);
  t.strictSame(summed(files), right({ f: 'first, second' }));
  t.strictSame(kindsOf(report), []);
});
