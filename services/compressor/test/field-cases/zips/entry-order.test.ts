import { readFile } from 'node:fs/promises';
import t from 'tap';
import { convertTo, madeBy, madeByPython } from '../../fixtures/field-case.js';
import { threeAgree } from '../../fixtures/three-agree.js';

const pathsOf = (entries: readonly { path: string }[]) => entries.map(({ path }) => path);

const mimetype = 'application/epub+zip';

t.test('an epub stays one: its mimetype is first, and stored', async (t) => {
  const lines = `printf '${mimetype}' > mimetype; mkdir META-INF OEBPS
echo '<container/>' > META-INF/container.xml; echo '<package/>' > OEBPS/content.opf
echo '<html/>' > OEBPS/a.xhtml; zip -qX0 "$1" mimetype; zip -qXrD9 "$1" META-INF OEBPS`;
  const archive = await madeBy(t, 'book.epub', lines);
  const { files, entries } = await threeAgree(t, archive);
  t.match(files[0], { path: 'mimetype', size: mimetype.length });
  for (const format of ['zip', 'tar', 'tar.gz'] as const) {
    const made = await convertTo(t, archive, format);
    t.strictSame(pathsOf(made.entries), pathsOf(entries), format);
  }
  for (const level of ['fastest', 'best'] as const) {
    const { location } = await convertTo(t, archive, 'zip', { level });
    const head = (await readFile(location)).subarray(0, 200);
    // Source: EPUB 3.3, OCF, 4.3.1: the word stands at byte 30, the content at 38: with no extra field.
    t.equal(head.readUInt16LE(8), 0, `${level}: stored`);
    t.equal(head.subarray(30, 38).toString(), 'mimetype');
    t.equal(head.subarray(38, 38 + mimetype.length).toString(), mimetype, 'no extra field');
  }
});

t.test('a jar has its manifest first', async (t) => {
  const names = ['META-INF/', 'META-INF/MANIFEST.MF', 'z/', 'z/Main.class', 'a/', 'a/B.class', 'A'];
  const program = `with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
  for name in ${JSON.stringify(names)}: z.writestr(name, '' if name.endswith('/') else name)`;
  const archive = await madeByPython(t, 'app.jar', program);
  await threeAgree(t, archive);
  for (const format of ['zip', 'tar', 'tar.gz'] as const) {
    const { entries } = await convertTo(t, archive, format);
    t.strictSame(
      pathsOf(entries),
      names.map((name) => name.replace(/\/$/, '')),
      format,
    );
  }
});

t.test('a tar in no order of names keeps its own', async (t) => {
  const order = ['z', 'b', 'd', 'd/y', 'a', 'd/x', 'c'];
  const lines = `mkdir d; for f in z b d/y a d/x c; do echo $f > $f; done
printf '%s\\n' ${order.join(' ')} | tar -cf "$1" --no-recursion -T -`;
  const archive = await madeBy(t, 'order.tar', lines);
  const { entries } = await threeAgree(t, archive);
  t.strictSame(pathsOf(entries), order);
  for (const format of ['tar', 'tar.xz', 'zip'] as const) {
    t.strictSame(pathsOf((await convertTo(t, archive, format)).entries), order, format);
  }
});
