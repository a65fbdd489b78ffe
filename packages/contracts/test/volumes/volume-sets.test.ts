import t from 'tap';
import { archiveNames, volumeSetOf, volumeSetsOf } from '../../src/volumes/volume-sets.js';

/** Scheme, name of the whole, the places of the parts in order, and the name that the part before or behind has. */
const found = (...names: string[]) =>
  volumeSetsOf(names).map(({ scheme, name, parts }) => [
    scheme,
    name,
    ...parts.map(({ at }) => at),
  ]);

const sets: [string, string[], (string | number)[][]][] = [
  ['rar', ['a.part2.rar', 'a.part1.rar'], [['rar', 'a.rar', 1, 0]]],
  ['rar, beyond nine', ['a.part10.rar', 'a.part9.rar'], [['rar', 'a.rar', 1, 0]]],
  ['rar, padded', ['a.part01.rar', 'a.part10.rar'], [['rar', 'a.rar', 0, 1]]],
  ['rar, capitals', ['A.PART1.RAR', 'a.part2.rar'], [['rar', 'A.RAR', 0, 1]]],
  ['rar, one part', ['a.part3.rar'], [['rar', 'a.rar', 0]]],
  ['rar, a self-extractor', ['a.part2.rar', 'a.part1.exe'], [['rar', 'a.rar', 1, 0]]],
  ['rar, old names', ['a.r01', 'a.rar', 'a.r00'], [['rar', 'a.rar', 1, 2, 0]]],
  ['rar, beyond a hundred', ['a.s00', 'a.r99', 'a.rar'], [['rar', 'a.rar', 2, 1, 0]]],
  ['rar, old names without the first', ['a.r00'], [['rar', 'a.rar', 0]]],
  ['zip', ['a.zip', 'a.z02', 'a.z01'], [['zip', 'a.zip', 2, 1, 0]]],
  ['zip, capitals', ['A.ZIP', 'A.Z01'], [['zip', 'A.ZIP', 1, 0]]],
  ['zip without its end', ['a.z01'], [['zip', 'a.zip', 0]]],
  ['zipx', ['a.zipx', 'a.zx01'], [['zip', 'a.zipx', 1, 0]]],
  ['7z', ['s.7z.003', 's.7z.001', 's.7z.002'], [['bytes', 's.7z', 1, 2, 0]]],
  ['7z, one part', ['s.7z.002'], [['bytes', 's.7z', 0]]],
  ['zip in pieces', ['s.zip.001', 's.zip.002'], [['bytes', 's.zip', 0, 1]]],
  ['from zero', ['s.tar.gz.001', 's.tar.gz.000'], [['bytes', 's.tar.gz', 1, 0]]],
  ['two digits', ['s.tar.01', 's.tar.02'], [['bytes', 's.tar', 0, 1]]],
  ['four digits', ['s.7z.0001', 's.7z.0002'], [['bytes', 's.7z', 0, 1]]],
  ['letters', ['s.tgz.ab', 's.tgz.aa'], [['bytes', 's.tgz', 1, 0]]],
  ['letters up to ar', ['s.tar.aa', 's.tar.ar'], [['bytes', 's.tar', 0, 1]]],
  ['the word part', ['s.tar.gz.part02', 's.tar.gz.part01'], [['bytes', 's.tar.gz', 1, 0]]],
  ['the word part and letters', ['s.tar.gz.part-aa'], [['bytes', 's.tar.gz', 0]]],
  ['no extension of an archive', ['s.002', 's.001'], [['bytes', 's', 1, 0]]],
  ['two of one number', ['a.part1.rar', 'a.part01.rar'], [['rar', 'a.rar', 0, 1]]],
  [
    'several sets and others',
    ['b.zip', 'a.part2.rar', 's.7z.001', 'a.part1.rar', 'notes.txt'],
    [
      ['rar', 'a.rar', 3, 1],
      ['bytes', 's.7z', 2],
    ],
  ],
  [
    'a set lies in one folder',
    ['x/s.7z.001', 'y/s.7z.001', 'x/s.7z.002'],
    [
      ['bytes', 's.7z', 0, 2],
      ['bytes', 's.7z', 1],
    ],
  ],
];
for (const [what, names, expected] of sets) {
  t.test(what, async (t) => t.strictSame(found(...names), expected));
}

t.test('what may be whole is whole when it is by itself', async (t) => {
  const names = [
    'a.rar',
    'b.zip',
    'c.zipx',
    'setup.part1.exe',
    'photos.101',
    'd.part1',
    'e.001.txt',
  ];
  const others = [
    'app.log.gz.10',
    'x.tar.gz',
    'x.tar.xz',
    'dist.zip.md',
    'a.r0',
    'x.tar.z',
    '.001',
  ];
  t.strictSame(found(...names, ...others), []);
});

const named: [given: string[], number: number, name: string][] = [
  [['a.part1.rar'], 12, 'a.part12.rar'],
  [['a.part01.rar', 'a.part10.rar'], 2, 'a.part02.rar'],
  [['A.PART1.RAR'], 2, 'A.PART2.RAR'],
  [['a.part2.rar', 'a.part1.exe'], 3, 'a.part3.rar'],
  [['a.r00'], 1, 'a.rar'],
  [['A.R00'], 3, 'A.R01'],
  [['a.r00'], 102, 'a.s00'],
  [['a.zip', 'a.z01'], 2, 'a.z02'],
  [['A.Z01'], 100, 'A.Z100'],
  [['s.7z.002'], 1, 's.7z.001'],
  [['s.tgz.aa'], 27, 's.tgz.bb'],
  [['s.tar.part_01', 's.tar.part_02'], 3, 's.tar.part_03'],
];
t.test('a part is named in the manner of the others', async (t) => {
  for (const [given, number, name] of named) t.equal(volumeSetsOf(given)[0]?.nameOf(number), name);
  t.equal(volumeSetOf('a.zip')?.nameOf(1), 'a.z01');
  t.equal(volumeSetOf('a.rar')?.nameOf(2), 'a.r00');
  t.equal(volumeSetOf('a.txt'), undefined);
});

t.test('the archives that inputs are, by their names', async (t) => {
  const names = ['b.zip', 'x/a.part2.rar', 's.7z.001', 'x/a.part1.rar', 's.7z.002', 'y/notes.txt'];
  t.strictSame(archiveNames(names), ['b.zip', 'a.rar', 's.7z', 'notes.txt']);
});
