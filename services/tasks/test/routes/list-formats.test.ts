import { formats } from '@comprimemelo/contracts/formats';
import { nameEncodingNames } from '@comprimemelo/contracts/name-encodings';
import t from 'tap';
import { tasksFixture } from '../fixtures/tasks-fixture.js';

t.test('every format, what is done with it and with which options', async (t) => {
  const { app } = await tasksFixture(t);
  const response = await app.inject('/api/formats');
  t.equal(response.statusCode, 200, 'without a token');
  const { items, levels, nameEncodings, readingOptions } = response.json();
  const names = (items as { name: string }[]).map(({ name }) => name);
  t.strictSame(names, Object.keys(formats));
  const format = (name: string) => (items as { name: string }[]).find((one) => one.name === name);
  t.strictSame(format('7z'), {
    name: '7z',
    mediaType: 'application/x-7z-compressed',
    extensions: ['7z'],
    aliases: ['z7', '7zip'],
    read: true,
    written: true,
    singleFile: false,
    options: ['level', 'name', 'password', 'encryptNames'],
  });
  t.match(format('rar'), { read: true, written: false, options: [] });
  t.match(format('zst'), { read: true, written: true, singleFile: true });
  t.strictSame(levels, ['fastest', 'fast', 'normal', 'best']);
  t.strictSame(readingOptions, ['entries', 'password', 'nameEncoding']);
  t.strictSame(nameEncodings, nameEncodingNames);
});
