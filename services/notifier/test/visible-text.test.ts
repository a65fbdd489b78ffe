import t from 'tap';
import { visibleText } from '../src/visible-text.js';

t.test('names of any script and emoji stay as they are', async (t) => {
  for (const name of ['Ñandú Öztürk', '株式会社', 'שלום', '👩‍👩‍👧 family', 'न्यू', "O'Brien <x@y>"]) {
    t.equal(visibleText(name), name);
  }
});

t.test('line breaks, control characters and turns of direction become one space', async (t) => {
  t.equal(visibleText('a\r\nBcc: x\u2028b\u0000c\u0085d'), 'a Bcc: x b c d');
  t.equal(visibleText('invoice\u202efdp.exe'), 'invoice fdp.exe');
});

t.test('half a surrogate pair becomes the replacement character', async (t) => {
  t.equal(visibleText('a\ud83d'), 'a\ufffd');
});

t.test('long text is cut between characters', async (t) => {
  t.equal(visibleText('😀'.repeat(130)), `${'😀'.repeat(119)}…`);
  t.equal(visibleText('abcdef', 4), 'abc…');
});
