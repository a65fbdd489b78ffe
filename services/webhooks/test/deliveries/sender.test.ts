import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setVariables } from '@comprimemelo/testing/config';
import t, { type Test } from 'tap';
import type { Resolve } from '../../src/addresses/resolve-name.js';
import { createSender, type SenderOptions } from '../../src/deliveries/sender.js';
import { host, testReceiver } from '../fixtures/receiver.js';

const strict = { allowHttp: false, allowPrivate: false };

const to = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 });
const leadsTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map(to);

function senderFor(t: Test, options: Partial<SenderOptions>) {
  const sender = createSender({ policy: strict, timeout: 60_000, ...options });
  t.teardown(() => sender.close());
  return (url: string) => sender.send({ url, headers: {}, body: '{}' });
}

/** A port of this machine, and how many connections came to it. */
async function listeningPort(t: Test) {
  const seen = { connections: 0 };
  const server = createServer((socket) => {
    seen.connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return { seen, port: (server.address() as AddressInfo).port };
}

t.test('a name that leads to a private address is not connected to', async (t) => {
  const { seen, port } = await listeningPort(t);
  for (const addresses of [
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['fe80::1'],
    ['64:ff9b::7f00:1'],
    ['8.8.8.8', '127.0.0.1'],
    ['127.0.0.1', '8.8.8.8'],
    [],
  ]) {
    const send = senderFor(t, { resolve: leadsTo(...addresses) });
    t.same(
      await send(`https://${host}:${port}/`),
      { fault: 'no-public-address' },
      addresses.join(),
    );
  }
  t.equal(seen.connections, 0);
});

t.test('a literal address is refused though it is never looked up', async (t) => {
  const { seen, port } = await listeningPort(t);
  const send = senderFor(t, { resolve: leadsTo('8.8.8.8') });
  for (const name of [
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0x7f.1',
    '2130706433',
    'localhost',
  ]) {
    t.same(await send(`https://${name}:${port}/`), { fault: 'address-refused' }, name);
  }
  t.same(await send(`http://${host}:${port}/`), { fault: 'address-refused' }, 'http');
  t.equal(seen.connections, 0);
});

t.test(
  'a name that changes after it was good (DNS rebinding) is judged at each connection',
  async (t) => {
    const receiver = await testReceiver(t);
    let address = '127.0.0.1';
    const resolve: Resolve = async () => [to(address)];
    const allowed = { allowHttp: false, allowPrivate: true };
    const before = senderFor(t, { policy: allowed, ca: receiver.ca, resolve });
    t.match(await before(receiver.url), { statusCode: 204 });
    // The same name, the same receiver, and the rules of production.
    const send = senderFor(t, { ca: receiver.ca, resolve });
    t.same(await send(receiver.url), { fault: 'no-public-address' });
    address = '::ffff:127.0.0.1';
    t.same(await send(receiver.url), { fault: 'no-public-address' });
    t.equal(receiver.received.length, 1);
  },
);

t.test('it connects to the very address that was judged', async (t) => {
  const receiver = await testReceiver(t);
  const asked: string[] = [];
  const send = senderFor(t, {
    policy: { allowHttp: false, allowPrivate: true },
    ca: receiver.ca,
    resolve: async (name) => {
      asked.push(name);
      return [to('127.0.0.1')];
    },
  });
  t.match(await send(receiver.url), { statusCode: 204 });
  t.same(asked, [host], 'asked once');
});

t.test('no proxy of the environment comes between', async (t) => {
  const receiver = await testReceiver(t);
  const { seen, port } = await listeningPort(t);
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
  const proxy = `http://127.0.0.1:${port}`;
  setVariables(t, Object.fromEntries(names.map((name) => [name, proxy])));
  const policy = { allowHttp: false, allowPrivate: true };
  const send = senderFor(t, { policy, ca: receiver.ca, resolve: leadsTo('127.0.0.1') });
  t.match(await send(receiver.url), { statusCode: 204 });
  t.equal(seen.connections, 0);
});

t.test('what goes wrong is named', async (t) => {
  const receiver = await testReceiver(t);
  const { port } = await listeningPort(t);
  const policy = { allowHttp: false, allowPrivate: true };
  const resolve = leadsTo('127.0.0.1');
  const untrusting = senderFor(t, { policy, resolve });
  t.same(await untrusting(receiver.url), { fault: 'certificate-refused' });
  const otherName = receiver.url.replace(host, 'other.example');
  const send = senderFor(t, { policy, resolve, ca: receiver.ca });
  t.same(await send(otherName), { fault: 'certificate-refused' }, 'a certificate of another name');
  t.same(await send(`https://${host}:${port}/`), { fault: 'connection-failed' });
  await receiver.close();
  t.same(await send(receiver.url), { fault: 'connection-failed' }, 'nobody listens');
  const unknown = senderFor(t, {
    resolve: async () => {
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND', syscall: 'queryA' });
    },
  });
  t.same(await unknown(`https://${host}/`), { fault: 'no-public-address' });
});

t.test('a name is looked up by DNS, which has to answer soon', async (t) => {
  const send = senderFor(t, { timeout: 1_000 });
  const { fault } = (await send(`https://${host}/`)) as { fault: string };
  t.match(fault, /^(no-public-address|timeout)$/, 'nobody has this name (RFC 6761)');
});
