import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

/** A TCP server of the test's own; returns its port. */
export async function listen(t: Test, onConnection: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A way to the database whose connections can be cut. */
export async function proxyTo(t: Test, databaseUrl: string) {
  const url = new URL(databaseUrl);
  const { hostname, port } = url;
  const clients = new Set<Socket>();
  const entrance = await listen(t, (client) => {
    const server = connect(Number(port), hostname).on('error', () => undefined);
    clients.add(client);
    client.pipe(server).pipe(client);
    client.on('close', () => server.destroy());
  });
  url.port = String(entrance);
  const cut = (how: 'ended' | 'reset') => {
    for (const client of clients) how === 'ended' ? client.destroy() : client.resetAndDestroy();
  };
  return { address: url.href, cut };
}
