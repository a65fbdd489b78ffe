import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { newClient } from '../client/api-client.js';
import { resident } from '../client/resident.js';
import { blobsHolding, testedSystem } from '../config.js';

const system = testedSystem();
const count = 1_000;
const mebibyte = 2 ** 20;

/** A connection that has begun to upload and sends no more. */
async function halfUpload(token: string, marker: string): Promise<Socket> {
  const { hostname, port } = new URL(system.origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const head = [
    'POST /api/files HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
    'Content-Type: multipart/form-data; boundary=b',
    'Content-Length: 1000000',
  ].join('\r\n');
  const part = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"';
  socket.write(`${head}\r\n\r\n${part}\r\n\r\n${marker}${'x'.repeat(1_000)}`);
  return socket;
}

t.test(
  '1,000 uploads that stand still cost no memory to speak of, and nobody waits for them',
  async (t) => {
    const client = await newClient(system.origin);
    const marker = randomBytes(16).toString('hex');
    // What the first of them needs is not what many cost.
    const warm = await Promise.all(
      Array.from({ length: 20 }, () => halfUpload(client.token, marker)),
    );
    await pause(1_000);
    const before = await resident();
    const sockets = await Promise.all(
      Array.from({ length: count }, () => halfUpload(client.token, marker)),
    );
    t.teardown(() => {
      for (const socket of [...warm, ...sockets]) socket.destroy();
    });
    const begun = warm.length + sockets.length;
    while ((await blobsHolding(system.blobRoot, marker)).length < begun) await pause(100);
    for (const [name, bytes] of Object.entries(await resident())) {
      const grown = Math.round((bytes - (before[name] ?? 0)) / mebibyte);
      // On Node 20, files kept 30 kB of its heap for each open upload; Node 24 adds as much outside of it.
      const bound = name === 'files' ? 90 : 50;
      t.ok(grown < bound, `${name} has grown by ${grown} MB`);
      if (name === 'files')
        t.ok(grown < 50, `files: ${grown} MB`, { todo: '50 MB, as on Node 20' });
    }
    t.equal((await client.request('/api/files')).status, 200);
    for (const socket of [...warm, ...sockets]) socket.destroy();
    // Some of them come to storage after they have gone.
    for (let still = 0; still < 20; still += 1) {
      if ((await blobsHolding(system.blobRoot, marker)).length > 0) still = 0;
      await pause(100);
    }
    t.strictSame(await blobsHolding(system.blobRoot, marker), [], 'nothing of them is left');
  },
);
