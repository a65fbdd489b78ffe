import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { NameEncoding } from '@comprimemelo/contracts/name-encodings';
import iconv from 'iconv-lite';
import t from 'tap';
import { detectEncoding } from '../../src/names/detect-encoding.js';
import { familyOf } from '../../src/names/encoding-families.js';
import { type NamedLanguage, namesIn } from '../fixtures/foreign-names.js';

type Case = [NameEncoding, NamedLanguage[], ReadFormat];

const western: NamedLanguage[] = ['spanish', 'french', 'german', 'swedish'];
const widely: NamedLanguage[] = [...western, 'portuguese', 'danish'];
const cases: Case[] = [
  ['cp437', western, 'zip'],
  ['cp850', widely, 'zip'],
  ['cp866', ['russian'], 'zip'],
  ['shift_jis', ['japanese'], 'zip'],
  ['gbk', ['simplifiedChinese'], 'zip'],
  ['big5', ['traditionalChinese'], 'zip'],
  ['euc-kr', ['korean'], 'zip'],
  ['windows-1252', widely, 'zip'],
  ['windows-1251', ['russian'], 'zip'],
  ['iso-8859-1', widely, 'tar'],
  ['koi8-r', ['russian'], 'tar'],
  ['shift_jis', ['japanese'], 'tar'],
  ['shift_jis', ['japanese'], 'lzh'],
];

const bytesOf = (name: string, encoding: NameEncoding) =>
  iconv.encode(name, encoding).toString('latin1');

/** The names of a language that an encoding has, and that are not ASCII. */
const usable = (language: NamedLanguage, encoding: NameEncoding) =>
  namesIn(language).filter(
    (name) =>
      iconv.decode(iconv.encode(name, encoding), encoding) === name &&
      Buffer.byteLength(name) > name.length,
  );

/** Of every run of so many names one after the other, how many are read as they were written, in percent. */
async function accuracy([encoding, languages, format]: Case, count: number): Promise<number> {
  let right = 0;
  let all = 0;
  for (const language of languages) {
    const names = usable(language, encoding);
    for (const [at] of names.entries()) {
      const some = Array.from({ length: count }, (_, n) => names[(at + n) % names.length] ?? '');
      const parts = new Set(some.map((name) => bytesOf(name, encoding)));
      const found = await detectEncoding(parts, familyOf(format));
      const text =
        found && iconv.decode(Buffer.from([...parts].join('\n'), 'latin1'), found.encoding);
      all += 1;
      if (text === [...new Set(some)].join('\n')) right += 1;
    }
  }
  return Math.round((100 * right) / all);
}

t.test('names are read as they were written', async (t) => {
  t.comment('encoding       of    1 name  5 names  20 names, percent');
  for (const one of cases) {
    const [encoding, , format] = one;
    const [alone = 0, few = 0, many = 0] = [
      await accuracy(one, 1),
      await accuracy(one, 5),
      await accuracy(one, 20),
    ];
    const row = [alone, few, many].map((percent) => String(percent).padStart(9));
    t.comment(`${encoding.padEnd(14)} ${format.padEnd(4)}${row.join('')}`);
    t.ok(alone >= 85, `${encoding} in a ${format}: one name, ${alone} %`);
    t.ok(few >= 95, `${encoding} in a ${format}: five names, ${few} %`);
    t.equal(many, 100, `${encoding} in a ${format}: twenty names`);
  }
});

t.test('rarer encodings are found where there are many names', async (t) => {
  for (const one of [
    ['cp852', ['polish'], 'zip'],
    ['windows-1250', ['polish'], 'zip'],
    ['koi8-r', ['russian'], 'zip'],
    ['euc-jp', ['japanese'], 'zip'],
    ['euc-jp', ['japanese'], 'tar'],
  ] as Case[]) {
    const percent = await accuracy(one, 14);
    t.ok(percent >= 95, `${one[0]} in a ${one[2]}: ${percent} %`);
  }
});

t.test('how sure it is', async (t) => {
  const found = (names: string[], encoding: NameEncoding, format: ReadFormat = 'zip') =>
    detectEncoding(
      names.map((name) => bytesOf(name, encoding)),
      familyOf(format),
    );
  const many = namesIn('russian');
  const sure = await found(many, 'cp866');
  t.match(sure, { encoding: 'cp866' });
  t.ok((sure?.confidence ?? 0) > 0.9, `${sure?.confidence}`);
  const few = await found(many.slice(0, 4), 'cp866');
  t.match(few, { encoding: 'cp866' });
  t.ok((few?.confidence ?? 1) <= 0.8, 'a guess with fewer than five names');
  t.match(await found(['はじめに.txt'], 'shift_jis'), { encoding: 'shift_jis', confidence: 0.99 });
  t.equal(await found(['░á▒░▒░▒'], 'cp437'), undefined, 'nothing that looks like a name');
});

t.test('names that read alike in several are read in the usual one of the format', async (t) => {
  const parts = [bytesOf('Größe.txt', 'cp437'), bytesOf('Übersicht für Müller.xls', 'cp437')];
  t.match(await detectEncoding(parts, familyOf('zip')), { encoding: 'cp437' });
  t.match(await detectEncoding(parts, familyOf('rpm')), { encoding: 'cp850' });
});
