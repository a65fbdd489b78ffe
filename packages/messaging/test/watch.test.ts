import { exchanges } from '@comprimemelo/contracts/queues';
import t from 'tap';
import Type from 'typebox';
import { createPublisher } from '../src/publisher.js';
import { watch } from '../src/watch.js';
import { inbox, setup } from './setup.js';

t.test(
  'every watcher hears each change, again after a reconnect, and nothing after close',
  async (t) => {
    const { broker, connection, logger } = await setup(t);
    const publisher = createPublisher(connection);
    const heard = [inbox<string>(), inbox<string>()];
    const watchers = heard.map(({ push }) =>
      watch(connection, {
        exchange: exchanges.taskChanges,
        bindingKey: '#',
        schema: Type.Object({ n: Type.Integer() }),
        onMessage: ({ n }, routingKey) => push(`${routingKey} ${n}`),
      }),
    );
    const announce = (body: object) =>
      publisher.announce({ exchange: exchanges.taskChanges, routingKey: 'task-1', body });
    /** A watcher misses what comes before it listens: hence again and again. */
    const hear = async (body: object) => {
      const timer = setInterval(announce, 50, body);
      const texts = await Promise.all(heard.map(({ next }) => next()));
      clearInterval(timer);
      return texts;
    };

    announce({ n: 'one' });
    t.same(await hear({ n: 1 }), ['task-1 1', 'task-1 1']);
    await broker.cutConnections();
    const drained = async () => {
      const texts = await hear({ n: 2 });
      return texts.every((text) => text === 'task-1 2');
    };
    while (!(await drained())) t.comment('still hears what was said before');
    t.notOk(logger.lines.some(({ level }) => level === 'error'));

    await Promise.all(watchers.map((watcher) => watcher.close()));
    await publisher.close();
  },
);
