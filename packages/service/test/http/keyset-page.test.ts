import type { FastifyRequest } from 'fastify';
import t from 'tap';
import { nextLink, readCursor, writeCursor } from '../../src/http/keyset-page.js';

const id = (n: number) => `0193a1de-7b5c-7c3e-9d1f-00000000000${n}`;

t.test('a cursor leads back to the id that it was made of', async (t) => {
  t.equal(readCursor(writeCursor(id(2)) ?? ''), id(2));
  t.equal(readCursor(undefined), undefined);
  t.equal(writeCursor(null), null);
});

t.test('a cursor that no list gave is refused', async (t) => {
  const forged = Buffer.from("' OR 1=1").toString('base64url');
  for (const cursor of ['', 'x', forged, id(1)]) {
    t.throws(() => readCursor(cursor), { code: 'invalid-cursor' });
  }
});

t.test('the link to the next page keeps the filters', async (t) => {
  const request = { url: '/api/tasks?limit=2&status=failed&cursor=old' } as FastifyRequest;
  t.equal(nextLink(request, 'new'), '</api/tasks?limit=2&status=failed&cursor=new>; rel="next"');

  const odd = { url: '/api/files?name=what?&limit=2' } as FastifyRequest;
  t.equal(nextLink(odd, 'new'), '</api/files?name=what%3F&limit=2&cursor=new>; rel="next"');
});
