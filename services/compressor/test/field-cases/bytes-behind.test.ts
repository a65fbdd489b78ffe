import t from 'tap';
import { convertTo, kindsOf, madeBy, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

const packers = {
  'f.gz': 'gzip -nc f',
  'f.bz2': 'bzip2 -c f',
  'd.tar.gz': 'tar -czf - f',
  'd.tar.bz2': 'tar -cjf - f',
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
