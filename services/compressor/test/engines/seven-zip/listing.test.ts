import t from 'tap';
import type { ListedEntry } from '../../../src/engines/entry.js';
import { readListing } from '../../../src/engines/seven-zip/listing.js';

/** In pieces of three lines. */
async function* linesOf(text: string): AsyncGenerator<string[]> {
  const lines = text.split('\n');
  while (lines.length > 0) yield lines.splice(0, 3);
}

async function read(text: string, unnamed?: string): Promise<ListedEntry[]> {
  const all: ListedEntry[] = [];
  for await (const entries of readListing(linesOf(text), unnamed)) all.push(...entries);
  return all;
}

const entry = (difference: Partial<ListedEntry>): ListedEntry => ({
  rawPath: '',
  kind: 'file',
  size: undefined,
  packedSize: undefined,
  modified: undefined,
  encrypted: false,
  dictionaryBytes: 0,
  host: undefined,
  mode: undefined,
  ...difference,
});

t.test('gives each entry with what is said of it', async (t) => {
  const first = 'Path = a = b\nSize = 3\nPacked Size = 2\nEncrypted = +\nMethod = LZMA2:20';
  const second = 'Path = c\nSize = \nModified = 2021-03-04 05:06:07.1234567';
  t.strictSame(await read(`\nEnter password:\n${first}\n\n${second}\n\n`), [
    entry({
      rawPath: 'a = b',
      size: 3,
      packedSize: 2,
      encrypted: true,
      dictionaryBytes: 2 ** 20,
      method: 'LZMA2:20',
    }),
    entry({ rawPath: 'c', modified: { seconds: 1_614_834_367, nanoseconds: 123_456_700 } }),
  ]);
  t.strictSame(await read(''), []);
  t.strictSame(await read('Size = \nPacked Size = \n\n'), [entry({})]);
});

t.test('a path is bytes', async (t) => {
  const raw = Buffer.from('ä \u{1f600}').toString('latin1');
  t.match(await read(`Path = ${raw}\n\nPath = caf\x82\n`), [
    { rawPath: raw },
    { rawPath: 'caf\x82' },
  ]);
});

t.test('a time that is none is not given', async (t) => {
  for (const time of ['', '2021-13-04 05:06:07', '1601-01-01', 'x']) {
    t.match(await read(`Path = a\nModified = ${time}\n`), [{ modified: undefined }], time);
  }
  const second = await read('Path = a\nModified = 1601-01-01 00:00:00\n');
  t.match(second, [{ modified: { seconds: -11_644_473_600, nanoseconds: 0 } }]);
  const early = await read('Path = a\nModified = 1969-12-31 23:59:59.5\n');
  t.match(early, [{ modified: { seconds: -1, nanoseconds: 500_000_000 } }]);
});

t.test("an entry's comment cannot change what stands before it", async (t) => {
  const text = 'Path = a\nSize = 5\nComment = x\nSize = 0\n\n';
  t.match(await read(text), [{ rawPath: 'a', size: 5 }]);
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
  t.equal(await kindOf('Mode = -rw-r--r--\nHard Link = b'), 'file');
  for (const type of ['b', 'c', 'p', 's']) {
    t.equal(await kindOf(`Mode = ${type}rw-r--r--\nSymbolic Link = `), 'special');
  }
});

t.test('a zip that was made from a pipe has the mode of the pipe, and is a file', async (t) => {
  t.match(await read('Path = -\nSize = 3893\nAttributes =  prw-rw-rw-\n'), [
    { kind: 'file', size: 3_893, mode: 0o666 },
  ]);
});

t.test('an empty member that the directory of a zip does not have is none', async (t) => {
  const local = 'Characteristics = Local Minor_Extra_ERROR 0x0';
  const read2 = (packed: number, name = 'a') =>
    read(
      `Path = ${name}\nSize = 0\nPacked Size = ${packed}\n${local}\n\nPath = b\nSize = 0\n`,
      'a',
    );
  t.match(await read2(0), [{ rawPath: 'b' }]);
  t.equal((await read2(2)).length, 2);
  t.equal((await read2(0, 'c')).length, 2);
});

t.test('gives permissions, and what links lead to', async (t) => {
  const of = async (properties: string) => (await read(`Path = a\n${properties}\n\n`))[0];
  t.match(await of('Mode = -rwsr-xr-t'), { mode: 0o5755 });
  t.match(await of('Attributes = D drwxrwx---'), { mode: 0o770 });
  t.match(await of('Attributes = A'), { mode: undefined });
  t.match(await of('Mode = lrwxrwxrwx\nSymbolic Link = b'), { symlink: true, linkTarget: 'b' });
  t.match(await of('Attributes =  lrwxrwxrwx\nSymbolic Link = '), {
    symlink: true,
    linkTarget: undefined,
  });
  t.match(await of('Mode = -rw-r--r--\nHard Link = b'), { symlink: undefined, hardLinkTo: 'b' });
  t.match(await of('Mode = -rw-r--r--\nCopy Link = b'), { kind: 'file', hardLinkTo: 'b' });
});

t.test('gives a CRC-32, and no shorter sum for one', async (t) => {
  t.match(await read('Path = a\nCRC = 0B19F6F9\n'), [{ crc32: 0x0b19f6f9 }]);
  for (const sum of ['', 'F6F9', '0B19F6F9AA']) {
    t.match(await read(`Path = a\nCRC = ${sum}\n`), [{ crc32: undefined }], sum);
  }
});
