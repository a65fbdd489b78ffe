import t from 'tap';
import { standIn } from '../../src/document/stand-in.js';

t.test('it says what was asked of it', async (t) => {
  const db = standIn<{ query(): void }>('db');
  t.throws(() => db.query(), { message: 'db.query was asked for while the document was made' });
});
