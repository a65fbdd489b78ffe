import t from 'tap';
import { partMediaType, partName } from '../src/part-name.js';

const names: Record<string, string> = {
  'report.pdf': 'report.pdf',
  'two words.txt': 'two words.txt',
  'naïve café 日本語 🎉.txt': 'naïve café 日本語 🎉.txt',
  'say %22hello%22': 'say "hello"',
  '100%25 %0A %0D %20': '100%25 %0A %0D %20',
  '-rf': '-rf',
  '@list': '@list',
  '...': '...',
  ' ': ' ',
  "it's": "it's",
  '../../etc/passwd': 'passwd',
  '/etc/passwd': 'passwd',
  'C:\\Users\\me\\photo.jpg': 'photo.jpg',
  'a\\b/c': 'c',
  ['x'.repeat(255)]: 'x'.repeat(255),
  ['é'.repeat(127)]: 'é'.repeat(127),
  ['é'.repeat(128)]: 'é'.repeat(127),
  ['x'.repeat(256)]: 'x'.repeat(255),
  ['漢'.repeat(86)]: '漢'.repeat(85),
  [`${'漢'.repeat(86)}.tar.gz`]: `${'漢'.repeat(82)}.tar.gz`,
  [`C:\\${'d'.repeat(300)}\\${'e\u0301'.repeat(86)}`]: 'e\u0301'.repeat(85),
  [`.${'x'.repeat(100_000)}`]: `.${'x'.repeat(254)}`,
};
for (const [given, name] of Object.entries(names)) {
  const [from, to] = [given, name].map((text) => `${text.slice(0, 40)} (${text.length})`);
  t.test(`${from} is kept as ${to}`, async (t) => {
    t.equal(partName(given), name);
  });
}

const unusable = ['', '.', '..', '/', 'a/', 'a/..', '\\', 'a\0b', `${'x'.repeat(256)}\0`];
for (const given of unusable) {
  t.test(`${JSON.stringify(given).slice(0, 40)} cannot be used`, async (t) => {
    t.throws(() => partName(given), { code: 'unusable-name' });
  });
}

t.test('media types of the right form are kept', async (t) => {
  for (const type of ['text/plain', 'application/vnd.ms-excel', 'image/svg+xml']) {
    t.equal(partMediaType(type), type);
  }
  t.equal(partMediaType('Image/PNG'), 'image/png');
  for (const type of ['', 'text', 'text/', '/plain', 'a/b/c', 'te xt/plain', 'text/pl\r\nain']) {
    t.equal(partMediaType(type), 'application/octet-stream', type);
  }
  t.equal(partMediaType(`a/${'b'.repeat(200)}`), 'application/octet-stream');
});
