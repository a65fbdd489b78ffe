import { nameEncodingNames } from '@comprimemelo/contracts/name-encodings';
import t from 'tap';
import { planTask } from '../../src/request/plan-task.js';

const asked = (nameEncoding: unknown, operation = 'decompress') =>
  planTask({ operation, options: { nameEncoding } }, ['a.zip']).options;

t.test('an encoding goes by any of its names, and is shown by the usual one', async (t) => {
  for (const [word, encoding] of [
    ['auto', 'auto'],
    ['AUTO', 'auto'],
    ['cp437', 'cp437'],
    ['IBM437', 'cp437'],
    ['IBM00858', 'cp858'],
    ['SJIS', 'shift_jis'],
    ['Shift-JIS', 'shift_jis'],
    [' windows-31J ', 'shift_jis'],
    ['GB2312', 'gbk'],
    ['gb18030', 'gb18030'],
    ['KS_C_5601-1987', 'euc-kr'],
    ['Latin1', 'iso-8859-1'],
    ['ISO_8859-15', 'iso-8859-15'],
    ['UTF8', 'utf-8'],
  ]) {
    t.strictSame(asked(word), { nameEncoding: encoding }, String(word));
  }
  for (const name of nameEncodingNames) t.strictSame(asked(name), { nameEncoding: name });
});

t.test('every operation that reads takes it', async (t) => {
  const options = { nameEncoding: 'cp866' };
  t.strictSame(asked('CP866', 'inspect'), options);
  t.strictSame(
    planTask({ operation: 'convert', format: 'tar', options }, ['a.zip']).options,
    options,
  );
});

t.test('an unknown one is told what is near, and what there is', async (t) => {
  const refusal = (word: string) => {
    try {
      return asked(word);
    } catch (error) {
      return error as { code: string; message: string; options: { supported: string[] } };
    }
  };
  const said = '`nameEncoding` must be the name of an encoding; got';
  const near = refusal('cp438');
  t.match(near, {
    code: 'unsupported-encoding',
    options: { supported: ['auto', ...nameEncodingNames] },
  });
  t.match(near, { message: `${said} "cp438"; did you mean \`cp437\`?` });
  t.match(refusal('windows-1259'), {
    message: /did you mean `windows-1250`, `windows-1251` or `windows-1252`\?$/,
  });
  t.match(refusal('klingon'), {
    message: `${said} "klingon"; for example \`auto\`, \`cp437\`, \`shift_jis\` or \`windows-1252\`.`,
  });
});
