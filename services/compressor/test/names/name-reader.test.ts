import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import iconv from 'iconv-lite';
import t from 'tap';
import { encodingDetail } from '../../src/names/encoding-report.js';
import { createNameReader } from '../../src/names/name-reader.js';
import { createNameSample } from '../../src/names/name-sample.js';

const encoded = (name: string, encoding: string) => iconv.encode(name, encoding).toString('latin1');

/** The reader of an archive of these names; those with a mark are marked as UTF-8. */
function readerOf(
  names: readonly (readonly [raw: string, isMarked?: boolean])[],
  format: ReadFormat = 'zip',
  requested?: RequestedEncoding,
) {
  const sample = createNameSample();
  for (const [name, isMarked = false] of names) sample.add(name, isMarked);
  return createNameReader(sample, { format, requested });
}

t.test('UTF-8 is read as such, marked or not, whatever is requested', async (t) => {
  const name = encoded('año/文件.txt', 'utf-8');
  for (const requested of ['auto', 'cp437'] as const) {
    const { choice, read } = await readerOf([[name], ['plain.txt']], 'zip', requested);
    t.equal(choice, undefined);
    t.strictSame(read(name, false), { path: 'año/文件.txt' });
    t.strictSame(read(name, true), { path: 'año/文件.txt' });
    t.strictSame(read('plain.txt', false), { path: 'plain.txt' });
  }
});

t.test('an archive of both is read in both', async (t) => {
  const names = ['Отчёт.txt', 'Привет.txt', 'Документы/Письмо.doc', 'Фото.jpg', 'Глава 1.txt'];
  const russian = names.map((name) => encoded(name, 'cp866'));
  const modern = encoded('Новый.txt', 'utf-8');
  const { choice, read } = await readerOf([...russian, modern].map((name) => [name]));
  t.match(choice, { encoding: 'cp866', basis: 'detected' });
  t.strictSame(read(modern, false), { path: 'Новый.txt' });
  for (const [at, name] of russian.entries()) {
    const rawPath = Buffer.from(name, 'latin1').toString('base64');
    t.strictSame(read(name, false), { path: names[at], rawPath });
  }
});

t.test('what is requested is taken', async (t) => {
  const name = encoded('日本.txt', 'shift_jis');
  const { choice, read } = await readerOf([[name]], 'zip', 'cp437');
  t.strictSame(choice, { encoding: 'cp437', confidence: 1, basis: 'told' });
  t.equal(read(name, false).path, iconv.decode(Buffer.from(name, 'latin1'), 'cp437'));
  const utf8 = await readerOf([['caf\u00e9']], 'tar', 'utf-8');
  t.strictSame(utf8.read('caf\u00e9', false), { path: 'caf%E9', rawPath: 'Y2Fm6Q==' });
});

t.test('a name that is marked as UTF-8 and is not shows its bytes', async (t) => {
  const { choice, read } = await readerOf([['caf\u00e9', true]]);
  t.equal(choice, undefined, 'it says nothing of the others');
  t.strictSame(read('caf\u00e9', true), { path: 'caf%E9', rawPath: 'Y2Fm6Q==' });
});

t.test('where the names say nothing, the format does', async (t) => {
  const name = String.fromCharCode(0xb0, 0xa0, 0xb1, 0xb0, 0xb1, 0xb0, 0xb1);
  t.strictSame((await readerOf([[name]])).choice, {
    encoding: 'cp437',
    confidence: 0.5,
    basis: 'standard',
  });
  t.equal((await readerOf([[name]])).read(name, false).path, '░á▒░▒░▒');
});

t.test('a sample is bounded, however many entries there are', async (t) => {
  const sample = createNameSample();
  const long = `\u00e9${'x'.repeat(200)}`;
  for (let n = 0; n < 2_000; n += 1) sample.add(`folder/\u00e9${n}/${long}${n}`, false);
  t.equal(sample.count, 2_000);
  const bytes = [...sample.parts].reduce((sum, part) => sum + part.length, 0);
  t.ok(bytes <= 65_536 && bytes > 60_000, `${bytes} bytes`);
  t.notOk(sample.parts.has('folder'), 'ASCII says nothing');
  const repeated = createNameSample();
  for (let n = 0; n < 1_000; n += 1) repeated.add('\u00e9t\u00e9/a.txt', false);
  t.strictSame([...repeated.parts], ['\u00e9t\u00e9']);
});

t.test('a report says which encoding was taken, why, and how sure it is', async (t) => {
  const detail = (basis: 'told' | 'standard' | 'assumed' | 'detected') =>
    encodingDetail({ encoding: 'cp437', confidence: 0.87, basis });
  const start = 'These names are not UTF-8. They were read as cp437, ';
  const again = 'If they look wrong, run the task again with `nameEncoding`.';
  t.equal(detail('told'), `${start}as \`nameEncoding\` says.`);
  t.equal(detail('standard'), `${start}as the format's standard says. ${again}`);
  t.equal(detail('assumed'), `${start}which is usual for the format. ${again}`);
  t.equal(detail('detected'), `${start}found by the names themselves, 87 % sure. ${again}`);
});
