import iconv from 'iconv-lite';
import t from 'tap';
import { convertTo, kindsOf, madeByPython, right, summed } from '../fixtures/field-case.js';
import { threeAgree } from '../fixtures/three-agree.js';

/** A zip whose names are these bytes, without the mark of UTF-8. */
const zipOf = (names: readonly Buffer[]) => `
names = [bytes.fromhex(one) for one in ${JSON.stringify(names.map((one) => one.toString('hex')))}]
with zipfile.ZipFile(sys.argv[1], 'w') as z:
  for at, name in enumerate(names):
    info = zipfile.ZipInfo('n' * len(name)); info.filename = chr(65 + at) * len(name); info.create_system = 0
    z.writestr(info, 'file %d' % at)
whole = open(sys.argv[1], 'rb').read()
for at, name in enumerate(names): whole = whole.replace(bytes([65 + at]) * len(name), name)
open(sys.argv[1], 'wb').write(whole)`;

const contentsOf = (names: readonly string[]) =>
  right(Object.fromEntries(names.map((name, at) => [name, `file ${at}`])));

/** Of each encoding, names as people have them; the Shift-JIS, GBK and Big5 ones have trail bytes 0x5C. */
const cases: Readonly<Record<string, readonly string[]>> = {
  cp437: ['Größe.txt', 'Übersicht für Müller.xls', 'Straße/Häuser.jpg'],
  cp850: ['Português.txt', 'São João/Fevereiro.doc', 'Informações.txt', 'Não é isto.txt'],
  cp866: ['Отчёт.txt', 'Привет.txt', 'Документы/Письмо.doc', 'Фото.jpg', 'Глава 1.txt'],
  shift_jis: ['表紙.txt', 'ソース/能力一覧.csv', '予定表.xls', 'はじめに.txt', '十月.jpg'],
  gbk: ['新建文件夹/说明.txt', '乗務.txt', '毕业论文.doc', '会议纪要.docx', '简历.doc'],
  big5: ['功能說明.txt', '成功大學.txt', '會議記錄.docx', '資料庫設計.doc', '請先看我.txt'],
  'euc-kr': ['새 폴더/설명.txt', '사용설명서.txt', '졸업논문.hwp', '이력서.doc', '한글.txt'],
};

for (const [encoding, names] of Object.entries(cases)) {
  t.test(`${encoding}: names are read when it is named, and without`, async (t) => {
    const archive = await madeByPython(
      t,
      'names.zip',
      zipOf(names.map((name) => iconv.encode(name, encoding))),
    );
    const { summary, files, report, tarReport } = await threeAgree(t, archive, {
      nameEncoding: encoding,
    });
    t.strictSame(summed(files), contentsOf(names));
    t.match(summary, { nameEncoding: encoding, nameConfidence: 1 });
    const found = await convertTo(t, archive, 'zip');
    t.strictSame(summed(found.entries), contentsOf(names), 'found by the names');
    for (const lines of [report, tarReport, found.report]) {
      t.equal(lines.length, 1, 'one line');
      t.match(lines, [{ lost: 'names', count: names.length }]);
      t.match(lines[0]?.detail, ` ${encoding},`);
    }
  });
}

t.test('UTF-8 without its mark is UTF-8, and no line says so', async (t) => {
  const names = ['Übersicht.txt', '説明/表紙.txt', 'plain.txt'];
  const archive = await madeByPython(t, 'names.zip', zipOf(names.map((name) => Buffer.from(name))));
  for (const options of [{}, { nameEncoding: 'cp437' }]) {
    const { files, report, tarReport } = await threeAgree(t, archive, options);
    t.strictSame(summed(files), contentsOf(names));
    t.strictSame(kindsOf([...report, ...tarReport]), []);
  }
});

t.test('the name of the field 0x7075 is the one that is read', async (t) => {
  const program = `import struct
name = bytes.fromhex('816265722e747874')
unicode = 'über, 日本.txt'.encode()
field = struct.pack('<HHBI', 0x7075, 5 + len(unicode), 1, zlib.crc32(name)) + unicode
with zipfile.ZipFile(sys.argv[1], 'w') as z:
  info = zipfile.ZipInfo('A' * len(name)); info.create_system = 0; info.extra = field
  z.writestr(info, 'file 0')
whole = open(sys.argv[1], 'rb').read().replace(b'A' * len(name), name)
open(sys.argv[1], 'wb').write(whole)`;
  const { files, report } = await threeAgree(t, await madeByPython(t, 'field.zip', program));
  t.strictSame(summed(files), contentsOf(['über, 日本.txt']));
  t.strictSame(kindsOf(report), []);
});

t.test('a tar in an encoding of its time', async (t) => {
  const names = ['Отчёт.txt', 'Привет.txt', 'Документы/Письмо.doc', 'Фото.jpg', 'Глава 1.txt'];
  const program = `with tarfile.open(sys.argv[1], 'w', format=tarfile.GNU_FORMAT, encoding='koi8-r') as tar:
  import io
  for at, name in enumerate(${JSON.stringify(names)}):
    info = tarfile.TarInfo(name); info.size = 6; tar.addfile(info, io.BytesIO(b'file %d' % at))`;
  const archive = await madeByPython(t, 'koi.tar', program);
  for (const options of [{ nameEncoding: 'koi8-r' }, {}]) {
    const { files, report } = await threeAgree(t, archive, options);
    t.strictSame(summed(files), contentsOf(names));
    t.match(report, [{ lost: 'names', count: 5, detail: / koi8-r,/ }]);
  }
});
