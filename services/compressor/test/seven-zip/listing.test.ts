import t from 'tap';
import { type ListedEntry, readListing } from '../../src/seven-zip/listing.js';

/** In pieces of three lines. */
async function* linesOf(text: string): AsyncGenerator<string[]> {
  const lines = text.split('\n');
  while (lines.length > 0) yield lines.splice(0, 3);
}

const read = (text: string, onCount?: (count: number) => void) =>
  readListing(linesOf(text), onCount);

const file = (path: string, size: number): ListedEntry => ({
  path,
  kind: 'file',
  size,
  packedSize: undefined,
  encrypted: false,
  dictionaryBytes: 0,
});

const head = '\n7-Zip (z) 26.03\n\nListing archive: a.zip\n\n--\nPath = a.zip\nType = zip\n';

t.test('gives each entry with its sizes, and not the archive', async (t) => {
  const text = `${head}\n----------\nPath = a = b\nSize = 3\nPacked Size = 2\nEncrypted = +\n\nPath = c\nSize = \n\n`;
  t.strictSame(await read(text), [
    { path: 'a = b', kind: 'file', size: 3, packedSize: 2, encrypted: true, dictionaryBytes: 0 },
    {
      path: 'c',
      kind: 'file',
      size: undefined,
      packedSize: undefined,
      encrypted: false,
      dictionaryBytes: 0,
    },
  ]);
  t.strictSame(await read(head), []);
  t.strictSame(await read(`${head}\n----------\n`), []);
});

t.test("an archive's comment cannot look like entries", async (t) => {
  const comment = 'Comment = \n{\n----------\nPath = early\nSize = 1\n\nPath = more\n}\n';
  const text = `${head}${comment}\n----------\nPath = true\nSize = 5\n\n`;
  t.strictSame(await read(text), [file('true', 5)]);
});

t.test("an entry's comment cannot change what stands before it", async (t) => {
  const text = `${head}\n----------\nPath = a\nSize = 5\nComment = x\nSize = 0\n\n`;
  t.strictSame(await read(text), [file('a', 5)]);
});

t.test('tells kinds by what the formats say of them', async (t) => {
  const kindOf = async (properties: string) =>
    (await read(`----------\nPath = a\n${properties}\n\n`))[0]?.kind;
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

t.test('counts while it reads, and ends where the count is refused', async (t) => {
  const text = `----------\n${'Path = a\n\n'.repeat(5)}`;
  const counts: number[] = [];
  await read(text, (count) => counts.push(count));
  t.strictSame(counts, [1, 2, 3, 4, 5]);
  const refuse = (count: number) => {
    if (count > 3) throw new Error('enough');
  };
  await t.rejects(read(text, refuse), { message: 'enough' });
});
