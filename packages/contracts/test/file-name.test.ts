import t from 'tap';
import { fitFileName, startOf } from '../src/file-name.js';
import { limits } from '../src/limits.js';

const kanji = '漢'.repeat(86);
const decomposed = 'e\u0301';
const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';

const cut: [what: string, given: string, kept: string][] = [
  ['86 Japanese characters', kanji, '漢'.repeat(85)],
  ['with an extension', `${kanji}.txt`, `${'漢'.repeat(83)}.txt`],
  ['a tar in a wrapper', `${'n'.repeat(300)}.tar.gz`, `${'n'.repeat(248)}.tar.gz`],
  ['a volume', `${'n'.repeat(300)}.part01.rar`, `${'n'.repeat(244)}.part01.rar`],
  ['a volume of a tar', `${'n'.repeat(300)}.tar.gz.001`, `${'n'.repeat(244)}.tar.gz.001`],
  ['an accent apart', decomposed.repeat(86), decomposed.repeat(85)],
  ['an accent at the edge', `${'n'.repeat(254)}${decomposed}`, 'n'.repeat(254)],
  ['an emoji of several', `${'n'.repeat(245)}${family}`, 'n'.repeat(245)],
  ['flags', '\u{1f1ea}\u{1f1f8}'.repeat(40), '\u{1f1ea}\u{1f1f8}'.repeat(31)],
  ['all extension', `.${'x'.repeat(300)}`, `.${'x'.repeat(254)}`],
  ['an extension that is none', `a.${'x'.repeat(300)}`, `a.${'x'.repeat(253)}`],
  ['a kanji extension that is none', `a.${kanji}`, `a.${'漢'.repeat(84)}`],
  ['dots', '.'.repeat(300), '.'.repeat(255)],
  ['one character', `a${'\u0301'.repeat(300)}`, `a${'\u0301'.repeat(127)}`],
  [
    'one character and an extension',
    `a${'\u0301'.repeat(300)}.txt`,
    `a${'\u0301'.repeat(125)}.txt`,
  ],
];
for (const [what, given, kept] of cut) {
  t.test(`a name that is too long is cut: ${what}`, async (t) => {
    t.equal(fitFileName(given), kept);
    t.ok(Buffer.byteLength(kept) <= limits.nameBytes);
  });
}

t.test('a name that fits stays as it is', async (t) => {
  for (const name of ['a', '.profile', 'a.tar.gz', decomposed, '漢'.repeat(85), 'n'.repeat(255)]) {
    t.equal(fitFileName(name), name);
  }
});

t.test('a mark stands before the extension, and takes its room', async (t) => {
  t.equal(fitFileName('a.tar.gz', ' (2)'), 'a (2).tar.gz');
  t.equal(fitFileName('.profile', ' (2)'), '.profile (2)');
  t.equal(fitFileName(`${kanji}.txt`, ' (2)'), `${'漢'.repeat(82)} (2).txt`);
});

t.test('the start of a text', async (t) => {
  t.equal(startOf('abc', 2), 'ab');
  t.equal(startOf('\u{1f600}', 3), '');
  t.equal(startOf(`a${family}`, 18), 'a');
  t.equal(startOf(`a${family}`, 19), `a${family}`);
});
