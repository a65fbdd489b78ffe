import t from 'tap';
import { refusal, startMailServer } from './mail-server.js';
import { accountId, failed, processed, taskId, welcome } from './notifications.js';
import { deadQueue, queue, testNotifier } from './notifier.js';
import { readMail } from './read-mail.js';

/** As usual, in a thousandth of the time. */
const impatience = { firstPause: 10, longestPause: 50, hold: 60_000, giveUp: 60_000 };

t.test('each notification becomes its e-mail, and is done', async (t) => {
  const server = await startMailServer();
  t.teardown(() => server.close());
  const notifier = await testNotifier(t);
  const { close } = notifier.start(server.url);
  await notifier.publish(welcome());
  t.match(readMail((await server.next()).source).text, 'Hello Ana,');
  await notifier.publish(processed());
  t.match(readMail((await server.next()).source).text, `/api/tasks/${taskId}\n`);
  await notifier.publish(failed());
  t.match(readMail((await server.next()).source).html, 'The archive is damaged or incomplete');
  await close();
  await notifier.holds(queue, 0);
  await notifier.holds(deadQueue, 0);
});

t.test('while the mail server is away e-mails wait, and each arrives once', async (t) => {
  const server = await startMailServer();
  await server.close();
  const notifier = await testNotifier(t);
  notifier.start(server.url, impatience);
  // More than are held at the same time.
  const names = Array.from({ length: 70 }, (_, index) => `n${index}`);
  for (const name of names) await notifier.publish(welcome(name));
  await notifier.holds(queue, names.length - 50);

  const back = await startMailServer({ port: server.port });
  t.teardown(() => back.close());
  const arrived: string[] = [];
  for (const _ of names) {
    const { text } = readMail((await back.next()).source);
    arrived.push(/^Hello (\w+),/.exec(text)?.[1] ?? text);
  }
  t.same(arrived.sort(), names.sort());
  await notifier.holds(queue, 0);
  await notifier.holds(deadQueue, 0);
  t.equal(back.waiting, 0);
});

t.test('a recipient that is busy (4xx) is tried again', async (t) => {
  let asked = 0;
  const server = await startMailServer({
    onRcptTo: (_address, _session, done) => {
      asked += 1;
      done(asked <= 3 ? refusal(450, 'busy') : null);
    },
  });
  t.teardown(() => server.close());
  const notifier = await testNotifier(t);
  notifier.start(server.url, impatience);
  await notifier.publish(welcome());
  t.same((await server.next()).to, ['ana@example.com']);
  t.equal(asked, 4);
});

t.test('a recipient that is refused (5xx) goes to the dead queue, others arrive', async (t) => {
  const server = await startMailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address === 'gone@example.com' ? refusal(550, 'no such user') : null),
  });
  t.teardown(() => server.close());
  const notifier = await testNotifier(t);
  notifier.start(server.url);
  await notifier.publish(welcome('Gone', 'gone@example.com'));
  await notifier.publish(welcome());
  t.same((await server.next()).to, ['ana@example.com']);
  await notifier.holds(deadQueue, 1);
  t.match(await notifier.take(deadQueue), { body: { accountId } });
});

t.test('an e-mail that cannot go for days is given up', async (t) => {
  const server = await startMailServer({
    onRcptTo: (_address, _session, done) => done(refusal(450, 'busy')),
  });
  t.teardown(() => server.close());
  const notifier = await testNotifier(t);
  notifier.start(server.url, { ...impatience, hold: 0, giveUp: 500 });
  await notifier.publish(welcome());
  await notifier.holds(deadQueue, 1);
  const { body, headers } = await notifier.take(deadQueue);
  t.match(body, { accountId });
  t.ok(Number(headers['x-tries']) > 0, 'it went through the queue more than once');
});

t.test('a process that stops gives back what waits, at once and once', async (t) => {
  const server = await startMailServer();
  await server.close();
  const notifier = await testNotifier(t);
  const hour = 3_600_000;
  const { close } = notifier.start(server.url, {
    firstPause: hour,
    longestPause: hour,
    hold: hour,
    giveUp: hour,
  });
  await notifier.publish(welcome());
  await notifier.publish(processed());
  await notifier.holds(queue, 0);
  await close();
  await notifier.holds(queue, 2);

  const back = await startMailServer({ port: server.port });
  t.teardown(() => back.close());
  notifier.start(back.url);
  const ids = [await back.next(), await back.next()].map(
    ({ source }) => readMail(source).headers['message-id']?.[0],
  );
  t.same(ids.sort(), [
    `<account.created.${accountId}@files.example>`,
    `<task.processed.${taskId}.1@files.example>`,
  ]);
  await notifier.holds(queue, 0);
  t.equal(back.waiting, 0);
});
