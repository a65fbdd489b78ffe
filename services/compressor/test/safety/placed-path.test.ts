import t from 'tap';
import { placePath } from '../../src/safety/placed-path.js';

const placed = (path: string, backslashes = false) => placePath(path, { backslashes });

t.test('keeps what is a path, without empty parts and dots', async (t) => {
  for (const [shown, path] of [
    ['a', 'a'],
    ['a/b', 'a/b'],
    ['./a//b/./c/', 'a/b/c'],
    ['.', ''],
    ['', ''],
    ['a/../b', 'b'],
    ['a/b/../../c', 'c'],
    ['a b/ c.', 'a b/ c.'],
    ['...', '...'],
    ['..a/b..', '..a/b..'],
    ['a\nb\t', 'a\nb\t'],
    ['aux.c', 'aux.c'],
    ['a: b.txt', 'a: b.txt'],
    ['C:', 'C:'],
    ['c:a', 'c:a'],
  ] as const) {
    const expected = { path, shown, escapes: false, absolute: false };
    t.strictSame(placed(shown), expected, JSON.stringify(shown));
    t.strictSame(placed(shown, true), expected, JSON.stringify(shown));
  }
});

t.test('takes off what makes a path absolute, and says so', async (t) => {
  for (const [shown, path] of [
    ['/etc/hosts', 'etc/hosts'],
    ['//server/share/a', 'server/share/a'],
    ['C:/a', 'a'],
    ['z:/a/b', 'a/b'],
    ['/', ''],
  ] as const) {
    t.strictSame(placed(shown), { path, shown, escapes: false, absolute: true }, shown);
  }
});

t.test('backslashes separate where the writer is one of Windows', async (t) => {
  for (const [shown, path, absolute] of [
    ['foo\\bar.txt', 'foo/bar.txt', false],
    ['foo\\.\\bar\\', 'foo/bar', false],
    ['a\\..\\b', 'b', false],
    ['\\a', 'a', true],
    ['\\\\server\\share\\a', 'server/share/a', true],
    ['C:\\a\\b', 'a/b', true],
  ] as const) {
    t.strictSame(placed(shown, true), { path, shown, escapes: false, absolute }, shown);
  }
  for (const shown of ['foo\\bar.txt', 'C:\\x', '\\a', 'a..\\b', 'a\\..b']) {
    t.strictSame(placed(shown), { path: shown, shown, escapes: false, absolute: false }, shown);
  }
});

t.test('what leads out is said to, whichever slashes are meant', async (t) => {
  for (const path of ['..', '../a', '/..', 'a/../../b', 'a/b/../../..', 'C:/../a']) {
    t.equal(placed(path).escapes, true, path);
    t.equal(placed(path, true).escapes, true, path);
  }
  for (const path of ['..\\a', 'a\\..\\..\\b', 'a/..\\..\\b', 'C:\\..\\a']) {
    t.equal(placed(path).escapes, true, path);
    t.equal(placed(path, true).escapes, true, path);
  }
  // Where backslashes are no separators it is refused all the same: opened on Windows, they are.
  t.equal(placed('a\\..\\b').escapes, true);
});
