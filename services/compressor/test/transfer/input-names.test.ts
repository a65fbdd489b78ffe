import { awkwardNames } from '@comprimemelo/testing/archives/awkward-names';
import t from 'tap';
import {
  fileNameOf,
  foldersOfAll,
  inputNames,
  inputPaths,
} from '../../src/transfer/input-names.js';

const bytes = (name: string) => Buffer.byteLength(name);

t.test('what is a file name stays as it is', async (t) => {
  for (const name of awkwardNames) t.equal(fileNameOf(name), name);
});

t.test('what is none becomes one', async (t) => {
  t.equal(fileNameOf(''), 'file');
  t.equal(fileNameOf('.'), 'file');
  t.equal(fileNameOf('..'), 'file');
  t.equal(fileNameOf('/'), '_');
  t.equal(fileNameOf('../../etc/passwd'), '.._.._etc_passwd');
  t.equal(fileNameOf('C:\\a\\b.txt'), 'C:_a_b.txt');
  t.equal(fileNameOf('a\0b\nc\x7fd\x9be'), 'a_b_c_d_e');
  t.equal(fileNameOf('half \ud83d.txt'), 'half _.txt');
});

t.test('a name that is too long keeps its extension and whole characters', async (t) => {
  t.equal(fileNameOf(`${'n'.repeat(300)}.txt`), `${'n'.repeat(251)}.txt`);
  t.equal(fileNameOf(`${'é'.repeat(300)}.tar.gz`), `${'é'.repeat(124)}.tar.gz`);
  t.equal(fileNameOf(`${'n'.repeat(250)}e\u0301.txt`), `${'n'.repeat(250)}.txt`);
  t.equal(fileNameOf('\u{1f600}'.repeat(100)), '\u{1f600}'.repeat(63));
  t.equal(bytes(fileNameOf(`.${'x'.repeat(300)}`)), 255);
  t.equal(bytes(fileNameOf(`a.${'x'.repeat(300)}`)), 255);
});

t.test('the second of one name gets a number', async (t) => {
  t.strictSame(
    inputNames(['a.txt', 'a.txt', 'b', 'a.txt', 'b', '.c', '.c', 'd.tar.gz', 'd.tar.gz']),
    ['a.txt', 'a (2).txt', 'b', 'a (3).txt', 'b (2)', '.c', '.c (2)', 'd.tar.gz', 'd (2).tar.gz'],
  );
});

t.test('so does one that some file system takes for the same', async (t) => {
  t.strictSame(inputNames(['A.txt', 'a.TXT', 'ÉCOLE', 'e\u0301cole']), [
    'A.txt',
    'a (2).TXT',
    'ÉCOLE',
    'e\u0301cole (2)',
  ]);
  t.strictSame(inputNames(['a (2).txt', 'a.txt', 'A.txt']), ['a (2).txt', 'a.txt', 'A (3).txt']);
  t.strictSame(inputNames(['', '.', 'file']), ['file', 'file (2)', 'file (3)']);
});

t.test('a hundred names of 255 bytes stay apart within 255 bytes', async (t) => {
  for (const name of [`${'n'.repeat(251)}.txt`, 'é'.repeat(127), '\u{1f600}'.repeat(63)]) {
    const names = inputNames(Array.from({ length: 100 }, () => name));
    t.equal(new Set(names).size, 100);
    for (const one of names) if (bytes(one) > 255) t.fail(one);
  }
});

t.test('a path keeps its folders, every part a file name', async (t) => {
  const paths = ['photos/2026/a.jpg', 'b.txt', '../up', '/etc//x', 'a/..', `${'é'.repeat(200)}/b`];
  t.strictSame(inputPaths(paths), [
    'photos/2026/a.jpg',
    'b.txt',
    'file/up',
    'file/etc/file/x',
    'a/file',
    `${'é'.repeat(127)}/b`,
  ]);
});

t.test(
  'the second of one path gets a number, and so does a file called like a folder',
  async (t) => {
    t.strictSame(inputPaths(['x/a.txt', 'y/a.txt', 'X/A.TXT', 'x/a.txt', 'a.txt']), [
      'x/a.txt',
      'y/a.txt',
      'X/A (2).TXT',
      'x/a (3).txt',
      'a.txt',
    ]);
    t.strictSame(inputPaths(['a', 'a/b', 'a/b/c', 'A']), ['a (2)', 'a/b (2)', 'a/b/c', 'A (3)']);
  },
);

t.test('folders come once, outer ones first', async (t) => {
  t.strictSame(foldersOfAll(['b/c/d', 'b/c/e', 'a', 'b/f', 'a b/g']), ['a b', 'b', 'b/c']);
});
