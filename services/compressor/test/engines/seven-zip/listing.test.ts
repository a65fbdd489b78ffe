import t from 'tap';
import { type ListedEntry, readListing } from '../../../src/engines/seven-zip/listing.js';

/** In pieces of three lines. */
async function* linesOf(text: string): AsyncGenerator<string[]> {
  const lines = text.split('\n');
  while (lines.length > 0) yield lines.splice(0, 3);
}

async function read(text: string): Promise<ListedEntry[]> {
  const all: ListedEntry[] = [];
  for await (const entries of readListing(linesOf(text))) all.push(...entries);
  return all;
}

const entry = (difference: Partial<ListedEntry>): ListedEntry => ({
  path: '',
  rawPath: '',
  kind: 'file',
  size: undefined,
  packedSize: undefined,
  modified: undefined,
  encrypted: false,
  dictionaryBytes: 0,
  host: undefined,
  ...difference,
});

t.test('gives each entry with what is said of it', async (t) => {
  const first = 'Path = a = b\nSize = 3\nPacked Size = 2\nEncrypted = +\nMethod = LZMA2:20';
  const second = 'Path = c\nSize = \nModified = 2021-03-04 05:06:07.1234567';
  t.strictSame(await read(`\nEnter password:\n${first}\n\n${second}\n\n`), [
    entry({
      path: 'a = b',
      rawPath: 'a = b',
      size: 3,
      packedSize: 2,
      encrypted: true,
      dictionaryBytes: 2 ** 20,
    }),
    entry({ path: 'c', rawPath: 'c', modified: '2021-03-04T05:06:07.123Z' }),
  ]);
  t.strictSame(await read(''), []);
  t.strictSame(await read('Size = \nPacked Size = \n\n'), [entry({})]);
});

t.test('a path is text and bytes', async (t) => {
  const raw = Buffer.from('ä \u{1f600}').toString('latin1');
  t.match(await read(`Path = ${raw}\n\nPath = caf\x82\n`), [
    { path: 'ä \u{1f600}', rawPath: raw },
    { path: 'caf\ufffd', rawPath: 'caf\x82' },
  ]);
});

t.test('a time that is none is not given', async (t) => {
  for (const time of ['', '2021-13-04 05:06:07', '1601-01-01', 'x']) {
    t.match(await read(`Path = a\nModified = ${time}\n`), [{ modified: undefined }], time);
  }
  const second = await read('Path = a\nModified = 1601-01-01 00:00:00\n');
  t.match(second, [{ modified: '1601-01-01T00:00:00.000Z' }]);
});

t.test("an entry's comment cannot change what stands before it", async (t) => {
  const text = 'Path = a\nSize = 5\nComment = x\nSize = 0\n\n';
  t.match(await read(text), [{ path: 'a', size: 5 }]);
});

t.test('tells kinds by what the formats say of them', async (t) => {
  const kindOf = async (properties: string) => (await read(`Path = a\n${properties}\n\n`))[0]?.kind;
  t.equal(await kindOf('Folder = +\nMode = drwxr-xr-x'), 'directory');
  t.equal(await kindOf('Attributes = D drwxrwxr-x'), 'directory');
  t.equal(await kindOf('Attributes = RD'), 'directory');
  t.equal(await kindOf('Attributes = A -rw-r--r--'), 'file');
  t.equal(await kindOf('Attributes = V 01800000 0rw-------'), 'file');
  t.equal(await kindOf('Mode = -rwsr-xr-t'), 'file');
  t.equal(await kindOf('Mode = lrwxrwxrwx\nSymbolic Link = b'), 'link');
  t.equal(await kindOf('Attributes =  lrwxrwxrwx'), 'link');
  t.equal(await kindOf('Attributes = AL'), 'link');
  t.equal(await kindOf('Mode = -rw-r--r--\nHard Link = b'), 'link');
  for (const type of ['b', 'c', 'p', 's']) {
    t.equal(await kindOf(`Mode = ${type}rw-r--r--\nSymbolic Link = `), 'special');
  }
});

t.test('of the names of one file in a cpio the last is the file', async (t) => {
  const named = (packed: number) => `Path = a\nSize = 3\nLinks = 2\nPacked Size = ${packed}\n\n`;
  t.match(await read(named(0) + named(4)), [{ kind: 'link' }, { kind: 'file' }]);
  t.match(await read('Path = a\nSize = 3\nPacked Size = 0\n'), [{ kind: 'file' }]);
});
