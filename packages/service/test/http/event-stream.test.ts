import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import t, { type Test } from 'tap';
import { eventText, heartbeat, retryText, sendEvents } from '../../src/http/event-stream.js';

t.test('an event is text that ends in an empty line', async (t) => {
  const data = { text: 'two\nlines' };
  t.equal(eventText({ event: 'task', data }), 'event: task\ndata: {"text":"two\\nlines"}\n\n');
  t.match(eventText({ id: '7', event: 'task', data }), /^id: 7\n/);
  t.match(heartbeat, /^:.*\n\n$/);
  const waits = Array.from({ length: 50 }, () =>
    Number(/^retry: (\d+)\n\n$/.exec(retryText())?.[1]),
  );
  t.ok(waits.every((wait) => wait >= 1_000 && wait < 3_000));
  t.ok(new Set(waits).size > 1, 'not all at once');
});

/** A reader that takes nothing until it is told to, of a stream without an end. */
async function slowReader(t: Test, stallTimeout: number) {
  const text = eventText({ event: 'task', data: 'x'.repeat(1_000) });
  const state = { made: 0, over: false };
  async function* endless() {
    try {
      for (;;) {
        state.made += 1;
        yield text;
      }
    } finally {
      state.over = true;
    }
  }
  const app = Fastify();
  app.get('/', (_request, reply) => sendEvents(reply, endless(), { stallTimeout }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(() => app.close());
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').pause();
  t.teardown(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  /** How many events were made when no more were. */
  const stall = async () => {
    for (let before = -1; state.made === 0 || state.made > before; await pause(100)) {
      before = state.made;
    }
    return state.made;
  };
  return { state, socket, stall };
}

t.test('nothing is made ahead of a slow reader', async (t) => {
  const { state, socket, stall } = await slowReader(t, 60_000);
  const stalled = await stall();
  socket.resume();
  while (state.made < 2 * stalled) await pause(10);
  socket.destroy();
  while (!state.over) await pause(10);
});

t.test('who takes nothing for too long is cut off', async (t) => {
  const { state, socket } = await slowReader(t, 300);
  while (!state.over) await pause(20);
  socket.resume();
  await once(socket, 'close');
});
