import { connect } from 'node:net';

/** Milliseconds that a server has for its first bytes. */
const probeTimeout = 3_000;

/** The first bytes that a server sends after `hello`; undefined where it refuses, hangs up or is silent. */
function firstBytes(port: number, host: string, hello?: Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const end = (bytes?: Buffer) => {
      socket.destroy();
      resolve(bytes);
    };
    socket.setTimeout(probeTimeout, () => end());
    socket.once('error', () => end());
    socket.once('close', () => end());
    socket.once('data', (bytes: Buffer) => end(bytes));
    if (hello !== undefined) socket.write(hello);
  });
}

const handshakeVersion = 10;

/** True when a MySQL or MariaDB server greets, as it does once it takes connections. */
export async function databaseGreets(port: number, host = '127.0.0.1'): Promise<boolean> {
  const bytes = await firstBytes(port, host);
  return bytes?.[4] === handshakeVersion;
}

const methodFrame = 1;

/** True when an AMQP 0-9-1 broker opens the handshake. */
export async function brokerAnswers(port: number, host = '127.0.0.1'): Promise<boolean> {
  const bytes = await firstBytes(port, host, Buffer.from('AMQP\x00\x00\x09\x01', 'latin1'));
  return bytes?.[0] === methodFrame;
}

/** True when the address answers 200. */
export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(probeTimeout) }).catch(
    () => undefined,
  );
  await response?.body?.cancel();
  return response?.status === 200;
}

/** True when /readyz at this base address says `ready`: one that is `degraded` waits for a server still. */
export async function answersReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(probeTimeout) });
    const { status } = (await response.json()) as { status?: unknown };
    return response.ok && status === 'ready';
  } catch {
    return false;
  }
}
