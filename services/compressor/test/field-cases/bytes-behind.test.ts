import t from 'tap';
import { convertTo, kindsOf, madeBy, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const packers = {
  'f.gz': 'gzip -nc f',
  'f.bz2': 'bzip2 -c f',
  'd.tar.gz': 'tar -czf - f',
  'd.tar.bz2': 'tar -cjf - f',
  'f.zst': 'zstd -qc f',
  'd.tar': 'tar -cf - f',
  'd.cpio': 'echo f | cpio --quiet -oH newc',
  'd.zip': 'zip -q - f',
  'b.tgz': 'bsdtar -czf - f | cat',
};

const behind = {
  '17 zeros': { bytes: 'head -c 17 /dev/zero', kinds: [] },
  'a tape block of zeros': { bytes: 'head -c 10240 /dev/zero', kinds: [] },
  'other bytes': { bytes: 'echo and some metadata', kinds: [['other-data', 1]] },
};

for (const [name, pack] of Object.entries(packers)) {
  for (const [what, { bytes, kinds }] of Object.entries(behind)) {
    t.test(`${name} with ${what} behind it`, async (t) => {
      const lines = `seq 1000 > f; { ${pack}; ${bytes}; } > "$1"`;
      const archive = await madeBy(t, name, lines);
      const { files, report, tarReport } = await threeAgree(t, archive);
      const whole = Array.from({ length: 1_000 }, (_, at) => `${at + 1}\n`).join('');
      t.strictSame(summed(files), right({ f: whole }));
      t.strictSame(kindsOf(report), kinds);
      t.strictSame(
        kindsOf(tarReport).filter(([lost]) => lost === 'other-data'),
        kinds,
      );
      t.strictSame(summed((await convertTo(t, archive, 'zip')).entries), right({ f: whole }));
    });
  }
}

t.test('a second tar behind the first is left out, as by tar itself, with a line', async (t) => {
  const second = 'echo f > f; echo g > g; { tar -cf - f; tar -cf - g; } > "$1"';
  const { files, report } = await threeAgree(t, await madeBy(t, 'two.tar', second));
  t.strictSame(summed(files), right({ f: 'f\n' }));
  t.strictSame(kindsOf(report), [['other-data', 1]]);
});

t.test('xz with the padding that its format has', async (t) => {
  const padded = 'echo f > f; { xz -c f; head -c 512 /dev/zero; } > "$1"';
  const { files, report } = await threeAgree(t, await madeBy(t, 'f.xz', padded));
  t.strictSame(summed(files), right({ f: 'f\n' }));
  t.strictSame(kindsOf(report), []);
});

t.test('the comment of a zip is its own, and what is behind it is not', async (t) => {
  for (const [behind, kinds] of [
    ['', []],
    ['more', [['other-data', 1]]],
  ] as const) {
    const lines = `echo f > f; zip -q "$1" f; echo noted | zip -qz "$1" > /dev/null; printf '${behind}' >> "$1"`;
    const { files, report } = await threeAgree(t, await madeBy(t, 'noted.zip', lines));
    t.strictSame(summed(files), right({ f: 'f\n' }));
    t.strictSame(kindsOf(report), kinds);
  }
});
