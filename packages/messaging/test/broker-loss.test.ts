import { setTimeout as pause } from 'node:timers/promises';
import { exchanges, queues } from '@comprimemelo/contracts/queues';
import t, { type Test } from 'tap';
import Type from 'typebox';
import { type BrokerConnection, BrokerUnavailableError, connect } from '../src/connection.js';
import { consume } from '../src/consumer.js';
import { createPublisher } from '../src/publisher.js';
import { declareTopology } from '../src/topology.js';
import { cannotStart, privateBroker } from './private-broker.js';
import { recorder } from './setup.js';

const schema = Type.Object({ n: Type.Integer() });
/** Messages a second. */
const rate = 200;
const longJobs = 4;

/** Publishes so many a second until it is stopped, and keeps what became of each. */
function steadily(connection: BrokerConnection) {
  const publisher = createPublisher(connection);
  const confirmed = new Set<number>();
  const errors: unknown[] = [];
  const under = new Set<Promise<void>>();
  let slowest = 0;
  let n = 0;
  const send = async (): Promise<void> => {
    n += 1;
    const body = { n };
    const begun = performance.now();
    await publisher
      .publish({ exchange: exchanges.taskEvents, routingKey: 'task.started', body })
      .then(
        () => confirmed.add(body.n),
        (err: unknown) => errors.push(err),
      );
    slowest = Math.max(slowest, performance.now() - begun);
  };
  const begun = performance.now();
  const timer = setInterval(() => {
    while (n < ((performance.now() - begun) * rate) / 1_000) {
      const one = send().finally(() => under.delete(one));
      under.add(one);
    }
  }, 5);
  return {
    confirmed,
    errors,
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
      await publisher.close();
      return { slowest, sent: n };
    },
  };
}

/** Consumes what `steadily` publishes; says what was handled, and when something was the last time. */
function collect(connection: BrokerConnection) {
  const handled = new Set<number>();
  let last = 0;
  const consumer = consume(connection, {
    queue: queues.taskEvents,
    concurrency: 20,
    schema,
    handler: async ({ body }) => {
      handled.add(body.n);
      last = performance.now();
      return 'done';
    },
  });
  return { handled, last: () => last, close: () => consumer.close() };
}

/** Jobs that end only when they are cut off, or when they were before. */
function workLong(connection: BrokerConnection) {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  const consumer = consume(connection, {
    queue: queues.small,
    concurrency: longJobs,
    schema,
    handler: async ({ body, redelivered, signal }) => {
      running += 1;
      most = Math.max(most, running);
      if (!redelivered) await pause(600_000, undefined, { signal }).catch(() => undefined);
      running -= 1;
      if (redelivered) done.push(body.n);
      return redelivered ? 'done' : 'retry';
    },
  });
  return { done, running: () => running, most: () => most, close: () => consumer.close() };
}

/**
 * Milliseconds until a new connection is ready: next to nothing on a quiet machine. What the machine is slow by
 * is not the client's: bounds count from there.
 */
async function reachedAfter(t: Test, url: string): Promise<number> {
  const begun = performance.now();
  const connection = connect(url, { logger: recorder(), name: 'new' });
  t.teardown(() => connection.close());
  declareTopology(connection);
  await connection.waitUntilReady(120_000);
  return performance.now() - begun;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(20);
}

t.test(
  'the broker is killed under load: nothing confirmed is lost, nothing hangs, all is back',
  { skip: cannotStart, timeout: 180_000 },
  async (t) => {
    const broker = await privateBroker(t);
    await broker.start();
    const [incoming, outgoing] = ['consumers', 'publishers'].map((name) =>
      connect(broker.url, { logger: recorder(), name }),
    ) as [BrokerConnection, BrokerConnection];
    for (const connection of [incoming, outgoing]) {
      t.teardown(() => connection.close());
      declareTopology(connection);
      await connection.waitUntilReady(30_000);
    }
    const collected = collect(incoming);
    const jobs = workLong(incoming);
    const publisher = createPublisher(outgoing);
    for (let n = 1; n <= longJobs; n += 1) {
      await publisher.publish({
        exchange: exchanges.conversions,
        routingKey: 'small',
        body: { n },
      });
    }
    const load = steadily(outgoing);
    await until(() => jobs.running() === longJobs && collected.handled.size > rate);

    const lost = new Promise<void>((resolve) => void outgoing.onLost(resolve));
    await broker.kill();
    await lost;
    await until(() => jobs.running() === 0);
    t.pass('the long jobs heard that they are no longer theirs');
    await pause(1_000);
    await broker.start();
    const answers = performance.now();
    const usual = reachedAfter(t, broker.url);
    await until(() => collected.last() > answers);
    const back = performance.now() - answers;
    const slow = await usual;
    t.ok(back < 10_000 + slow, `the consumers were back ${Math.round(back)} ms after the broker`);
    t.comment(`a new connection needs ${Math.round(slow)} ms`);

    await until(() => jobs.done.length === longJobs);
    t.same([...jobs.done].sort(), [1, 2, 3, 4], 'each long job was given out again');
    t.equal(jobs.most(), longJobs, 'never more at once');
    await pause(1_000);
    const { slowest, sent } = await load.stop();
    t.equal(load.confirmed.size + load.errors.length, sent, 'each publish had an answer');
    t.ok(slowest < 30_000 + slow, `the slowest answer took ${Math.round(slowest)} ms`);
    t.ok(
      load.errors.every((err) => err instanceof BrokerUnavailableError),
      `${load.errors.length} of ${sent} were refused by name`,
    );
    await until(() => [...load.confirmed].every((n) => collected.handled.has(n)));
    t.pass(`all ${load.confirmed.size} confirmed messages were handled`);
    await Promise.all([collected.close(), jobs.close(), publisher.close()]);
  },
);

t.test(
  'blocked by a memory alarm: publishers wait or fail by name, and close is bounded',
  { skip: cannotStart, timeout: 180_000 },
  async (t) => {
    const broker = await privateBroker(t);
    await broker.start();
    const open = async (name: string) => {
      const connection = connect(broker.url, { logger: recorder(), name });
      t.teardown(() => connection.close());
      declareTopology(connection);
      await connection.waitUntilReady(30_000);
      return connection;
    };
    const [patient, leaving] = [await open('patient'), await open('leaving')];
    const collected = collect(leaving);
    const message = (n: number) => ({
      exchange: exchanges.conversions,
      routingKey: 'small',
      body: { n },
    });
    const [waits, fails] = [patient, leaving].map((connection) =>
      createPublisher(connection, { readyWithin: connection === patient ? 120_000 : 300 }),
    ) as [ReturnType<typeof createPublisher>, ReturnType<typeof createPublisher>];
    await Promise.all([waits.publish(message(1)), fails.publish(message(2))]);

    await broker.memoryAlarm(true);
    // The broker tells a connection that it is blocked when this publishes.
    const [onItsWay, cutOff] = [waits.publish(message(3)), fails.publish(message(4))];
    cutOff.catch(() => undefined);
    await until(() => !patient.ready && !leaving.ready);
    const held = waits.publish(message(5));
    await t.rejects(fails.publish(message(6)), BrokerUnavailableError);
    fails.announce(message(7));

    const begun = performance.now();
    await collected.close();
    await fails.close();
    const closing = performance.now();
    await leaving.close();
    const [all, connection] = [performance.now() - begun, performance.now() - closing];
    t.ok(connection < 20_000, `the connection closed in ${Math.round(connection)} ms`);
    t.ok(all < 60_000, `all closed in ${Math.round(all)} ms`);
    await t.rejects(cutOff, BrokerUnavailableError);

    let answered = false;
    void Promise.all([onItsWay, held]).then(() => {
      answered = true;
    });
    await pause(300);
    t.notOk(answered, 'what waits, waits');
    await broker.memoryAlarm(false);
    await Promise.all([onItsWay, held]);
    t.ok(patient.ready);

    await broker.memoryAlarm(true);
    const lost = waits.publish(message(8));
    lost.catch(() => undefined);
    await until(() => !patient.ready);
    await broker.kill();
    await t.rejects(lost, BrokerUnavailableError);
    await broker.start();
    await waits.publish(message(9));
    t.ok(patient.ready, 'the alarm ended with the connection that it blocked');
    await waits.close();
  },
);
