import { once } from 'node:events';
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Test } from 'tap';
import { selfMadeCertificate } from './certificate.js';

/** A name that no DNS server knows (RFC 6761): the sender of a test is told where it leads. */
export const host = 'hooks.example';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}

/** Answers a request, the nth to come; 204 unless the test says otherwise. */
export type Reply = (response: ServerResponse, received: Received, count: number) => void;

export interface Receiver {
  /** An https address at `hooks.example`. */
  url: string;
  /** Of its certificate, PEM. */
  ca: string;
  received: Received[];
  reply: Reply;
  /** Resolves when that many requests have come. */
  has(count: number): Promise<void>;
  /** Nobody listens at the address until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

let certificate: ReturnType<typeof selfMadeCertificate> | undefined;

/** A real HTTPS server that keeps what it gets. */
export async function testReceiver(t: Test): Promise<Receiver> {
  certificate ??= selfMadeCertificate(host);
  const { key, cert } = await certificate;
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];

  const listener: RequestListener = async (request, response) => {
    const { url: path = '', headers } = request;
    const one = { path, headers, body: await text(request), at: Date.now() };
    received.push(one);
    receiver.reply(response, one, received.length);
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
  };
  let server: Server | undefined;
  const listen = async (port: number) => {
    server = createServer({ key, cert }, listener).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);

  const receiver: Receiver = {
    ...{ url: `https://${host}:${port}/hooks`, ca: cert, received },
    reply: (response) => response.writeHead(204).end(),
    has: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    async close() {
      if (server === undefined) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      server = undefined;
      await closed;
    },
    open: async () => void (await listen(port)),
  };
  t.teardown(() => receiver.close());
  return receiver;
}
