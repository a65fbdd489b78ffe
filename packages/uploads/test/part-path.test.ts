import { limits } from '@comprimemelo/contracts/limits';
import t from 'tap';
import { fileNamePath, partPath } from '../src/part-path.js';

const paths: Record<string, string> = {
  'report.pdf': 'report.pdf',
  'two words.txt': 'two words.txt',
  'naïve café 日本語 🎉.txt': 'naïve café 日本語 🎉.txt',
  'say %22hello%22': 'say %22hello%22',
  'a\r\nb/c\nd': 'a__b/c_d',
  '100%25 %0A %0D %20': '100%25 %0A %0D %20',
  '-rf': '-rf',
  '@list': '@list',
  '...': '...',
  ' ': ' ',
  "it's": "it's",
  'photos/2026/a.jpg': 'photos/2026/a.jpg',
  'photos\\2026\\a.jpg': 'photos/2026/a.jpg',
  'a\\b/c': 'a/b/c',
  './a//./b': 'a/b',
  '.hidden/..a/b..': '.hidden/..a/b..',
  'a:b/c:d': 'a:b/c:d',
  ['x'.repeat(255)]: 'x'.repeat(255),
  ['é'.repeat(127)]: 'é'.repeat(127),
  ['é'.repeat(128)]: 'é'.repeat(127),
  ['x'.repeat(256)]: 'x'.repeat(255),
  ['漢'.repeat(86)]: '漢'.repeat(85),
  [`${'漢'.repeat(86)}.tar.gz`]: `${'漢'.repeat(82)}.tar.gz`,
  [`${'d'.repeat(300)}\\${'e\u0301'.repeat(86)}`]: `${'d'.repeat(255)}/${'e\u0301'.repeat(85)}`,
  [`.${'x'.repeat(100_000)}`]: `.${'x'.repeat(254)}`,
  [`${'d/'.repeat(1_535)}ab`]: `${'d/'.repeat(1_535)}ab`,
};
for (const [given, path] of Object.entries(paths)) {
  const [from, to] = [given, path].map((text) => `${text.slice(0, 40)} (${text.length})`);
  t.test(`${from} is kept as ${to}`, async (t) => {
    t.equal(partPath(given), path);
  });
}

const unusable: Record<string, RegExp> = {
  '': /no usable name/,
  '.': /no usable name/,
  'a/': /no usable name/,
  'a/.': /no usable name/,
  'a\0b': /NUL/,
  [`${'x'.repeat(256)}\0`]: /NUL/,
  '..': /"\.\." leads out of its folder/,
  'a/..': /"a\/\.\." leads out of its folder/,
  '../../etc/passwd': /"\.\.\/\.\.\/etc\/passwd" leads out of its folder/,
  'a\\..\\b': /leads out of its folder/,
  '/': /absolute/,
  '\\': /absolute/,
  '/etc/passwd': /"\/etc\/passwd" is an absolute path/,
  '\\\\server\\share\\a': /absolute/,
  'C:\\Users\\me\\photo.jpg': /absolute/,
  'c:/x': /absolute/,
  [`${'d/'.repeat(1_535)}abc`]: new RegExp(`more than ${limits.uploadPathBytes} bytes`),
};
for (const [given, message] of Object.entries(unusable)) {
  t.test(`${JSON.stringify(given).slice(0, 40)} cannot be used`, async (t) => {
    t.throws(() => partPath(given), { code: 'unusable-name', message });
  });
}

t.test('a file name has its quotation marks encoded', async (t) => {
  t.equal(fileNamePath('x%22/say %22hello%22 100%25'), 'x"/say "hello" 100%25');
});
