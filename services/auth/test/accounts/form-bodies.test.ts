import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { limits } from '@comprimemelo/contracts/limits';
import t from 'tap';
import { ada, authFixture, postAs } from '../auth-fixture.js';

const type = 'multipart/form-data; boundary=B';
const field = (name: string, value: string) =>
  `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const end = '--B--\r\n';

t.test('a form that cannot be read is told what is wrong with it', async (t) => {
  const { app, db } = await authFixture(t);
  const whole = Object.entries(ada)
    .map(([name, value]) => field(name, value))
    .join('');
  const many = Array.from({ length: 30 }, (_, index) => field(`f${index}`, 'x')).join('');
  const refused: [string, string, string, string][] = [
    ['truncated', type, whole, 'upload-truncated'],
    ['without a boundary', 'multipart/form-data', whole + end, 'malformed-multipart'],
    ['no form', type, 'no boundary anywhere', 'malformed-multipart'],
    ['30 fields', type, many + end, 'invalid-request'],
    ['a long field', type, field('firstName', 'x'.repeat(70_000)) + whole + end, 'invalid-request'],
    ['a prototype', type, field('__proto__', 'x') + end, 'invalid-request'],
    ['a long preamble', type, 'x'.repeat(limits.bodyBytes) + whole + end, 'upload-too-large'],
  ];
  for (const [what, contentType, body, slug] of refused) {
    const answer = await postAs(app, '/api/auth/signup', contentType, body);
    t.equal(answer.json().type, `/problems/${slug}`, what);
    t.ok(answer.statusCode < 500, what);
  }
  t.equal(await db.prisma.user.count(), 0);
});

t.test('a body without end is refused before it ends', async (t) => {
  const { app } = await authFixture(t);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  t.teardown(() => socket.destroy());
  const head = 'POST /api/auth/login HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n';
  socket.write(`${head}content-type: ${type}\r\n\r\n`);
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  for (let sent = 0; sent <= limits.bodyBytes; sent += 65_536) socket.write(chunk);
  const [answer] = await once(socket, 'data');
  t.match(String(answer), /^HTTP\/1\.1 413 /);
});
