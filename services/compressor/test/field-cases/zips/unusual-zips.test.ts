import t from 'tap';
import { kindsOf, madeByPython, right, summed } from '../../fixtures/field-case.js';
import { threeAgree } from '../../fixtures/three-agree.js';

const pair = `archive = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)
archive.writestr('a.txt', 'first')
`;

t.test('a member without a name, by which Android aligns an APK, is none', async (t) => {
  // A local header that the directory of the zip does not have.
  const padding = "b'PK\\x03\\x04' + bytes(26)";
  const archive = await madeByPython(
    t,
    'app.apk.zip',
    `${pair}archive.fp.write(${padding})
archive.start_dir = archive.fp.tell()
archive.writestr('b.txt', 'second')
archive.close()`,
  );
  const { files, report } = await threeAgree(t, archive);
  t.strictSame(summed(files), right({ 'a.txt': 'first', 'b.txt': 'second' }));
  t.strictSame(kindsOf(report), []);
});

t.test('bytes between the data of one entry and the next one are no damage', async (t) => {
  const archive = await madeByPython(
    t,
    'room.zip',
    `import struct
plain = b'some text, and more of it' * 20
packer = zlib.compressobj(9, zlib.DEFLATED, -15)
packed = packer.compress(plain) + packer.flush() + bytes(7)
sizes = struct.pack('<III', zlib.crc32(plain), len(packed), len(plain))
rest = struct.pack('<HH', 5, 0)
local = b'PK\\x03\\x04' + struct.pack('<HHHHH', 20, 0, 8, 0, 33) + sizes + rest + b'a.txt' + packed
head = b'PK\\x01\\x02' + struct.pack('<HHHHHH', 20, 20, 0, 8, 0, 33) + sizes + rest
central = head + struct.pack('<HHHII', 0, 0, 0, 0, 0) + b'a.txt'
end = b'PK\\x05\\x06' + struct.pack('<HHHHIIH', 0, 0, 1, 1, len(central), len(local), 0)
open(sys.argv[1], 'wb').write(local + central + end)`,
  );
  const { files } = await threeAgree(t, archive);
  t.strictSame(summed(files), right({ 'a.txt': 'some text, and more of it'.repeat(20) }));
});

t.test('an empty entry that is packed with LZMA is read, by whichever reader can', async (t) => {
  for (const flags of [2, 0]) {
    const archive = await madeByPython(
      t,
      'lzma.zip',
      `archive = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_LZMA)
archive.writestr('empty.txt', '')
archive.close()
whole = bytearray(open(sys.argv[1], 'rb').read())
whole[6] = ${flags}
whole[whole.index(b'PK\\x01\\x02') + 8] = ${flags}
open(sys.argv[1], 'wb').write(whole)`,
    );
    const { files } = await threeAgree(t, archive);
    t.strictSame(summed(files), right({ 'empty.txt': '' }), `end mark ${flags === 2}`);
  }
});
