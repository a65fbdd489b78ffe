import t from 'tap';
import { downloadName } from '../src/download-name.js';

t.test('what every system takes is left as it is', async (t) => {
  for (const name of [
    'a.zip',
    'año nuevo.txt',
    '文件.txt',
    '👩‍👩‍👧.png',
    '.profile',
    'auxiliary.c',
    'com10.txt',
    'console',
    'semi;colon=1 & 100%25.zip',
    "o'neil.zip",
    'caf%E9.txt',
    'x'.repeat(255),
  ]) {
    t.equal(downloadName(name), name, name);
  }
});

t.test('what Windows dislikes is made safe', async (t) => {
  for (const [name, safe] of [
    ['aux.c', '_aux.c'],
    ['NUL', '_NUL'],
    ['con .tar.gz', '_con .tar.gz'],
    ['COM1', '_COM1'],
    ['lpt¹.txt', '_lpt¹.txt'],
    ['CONIN$', '_CONIN$'],
    ['a: b.txt', 'a_ b.txt'],
    ['what?*.txt', 'what__.txt'],
    ['<a|b>"c".txt', '_a_b__c_.txt'],
    ['Icon\r', 'Icon_'],
    ['tab\tand\u0085next', 'tab_and_next'],
    ['Acme Inc.', 'Acme Inc_'],
    ['2020 ', '2020_'],
    ['...', '___'],
    ['._.', '.__'],
    ['..', '__'],
    ['C:\\back/slash', 'C__back_slash'],
    ['\u202egpj.exe', '_gpj.exe'],
    ['half \ud800 pair', 'half _ pair'],
    ['', 'file'],
  ] as const) {
    t.equal(downloadName(name), safe, JSON.stringify(name));
  }
});

t.test('what is too long is cut at a character, before its extension', async (t) => {
  t.equal(downloadName(`${'漢'.repeat(86)}.txt`), `${'漢'.repeat(83)}.txt`);
  t.equal(downloadName(`aux.${'x'.repeat(251)}`), `_aux.${'x'.repeat(250)}`);
  t.equal(downloadName(`${'x'.repeat(254)} y`), `${'x'.repeat(254)}_`, 'and ends well');
});
