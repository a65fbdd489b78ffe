import t from 'tap';
import { layout, makeDirectories } from '../../src/run/layout.js';
import { portsFrom } from '../../src/run/ports.js';
import { brokerContainer, databaseContainer } from '../../src/servers/docker-servers.js';

const password = 'not-on-the-command-line';

t.test('containers publish on this machine alone and take secrets by the environment', (t) => {
  const dirs = layout(t.testdir());
  makeDirectories(dirs);
  const ports = portsFrom(8080);
  const account = { database: 'db', user: 'u', password, everyDatabase: false };
  const database = databaseContainer({ dirs, port: 8087, account, rootPassword: password });
  const broker = brokerContainer({
    dirs,
    ports,
    account: { user: 'u', password },
    management: true,
  });
  for (const { command, args, env, container } of [database, broker]) {
    t.equal(command, 'docker');
    t.same(args.slice(0, 3), ['run', '--rm', '--name']);
    t.equal(args[3], container);
    t.match(container, /^comprimemelo-[0-9a-f]{10}-(database|broker)$/);
    const published = args.filter((_, index) => args[index - 1] === '--publish');
    t.ok(published.length > 0);
    for (const one of published) t.match(one, /^127\.0\.0\.1:\d+:\d+$/);
    t.notMatch(args.join(' '), password);
    t.ok(env.PATH);
  }
  t.equal(database.env.MYSQL_PASSWORD, password);
  t.end();
});

t.test('another data directory has other containers', (t) => {
  const name = (dataDir: string) => {
    const dirs = layout(dataDir);
    const account = { user: 'u', password };
    return brokerContainer({ dirs, ports: portsFrom(1), account, management: false }).container;
  };
  const [one, other] = [t.testdir({ a: {}, b: {} })].flatMap((root) => [`${root}/a`, `${root}/b`]);
  t.not(name(one ?? ''), name(other ?? ''));
  t.equal(name(one ?? ''), name(one ?? ''));
  t.end();
});
