import t from 'tap';
import { fromBytes, hexOf, newId, toBytes } from '../../src/client/identifiers.js';

t.test('ids are UUIDs of version 7 and grow, as texts and as bytes', async (t) => {
  const ids = Array.from({ length: 1_000 }, newId);
  t.match(ids[0], /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  t.same(ids.toSorted(), ids);
  t.equal(new Set(ids).size, ids.length);
  t.same(
    ids.map(toBytes).sort(Buffer.compare),
    ids.map((id) => toBytes(id)),
  );
});

t.test('bytes and back', async (t) => {
  const id = '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11';
  t.equal(hexOf(toBytes(id)), '0193a1de7b5c7c3e9d1f2f6a0c4b8e11');
  t.equal(fromBytes(toBytes(id)), id);
  t.equal(fromBytes(new Uint8Array(toBytes(id))), id);
  t.equal(fromBytes(toBytes(id.toUpperCase())), id);
});

t.test('what is no id is refused', async (t) => {
  for (const text of ['', 'x', '0193a1de7b5c7c3e9d1f2f6a0c4b8e11', `${newId()}0`, ` ${newId()}`]) {
    t.throws(() => toBytes(text), TypeError, text);
  }
  t.throws(() => fromBytes(new Uint8Array(15)), TypeError);
});
