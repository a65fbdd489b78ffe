import { readFileSync } from 'node:fs';
import t from 'tap';
import { parse } from 'yaml';
import { fromRoot } from '../../src/run/layout.js';
import { type ComposeService, composeCommand, isEnough } from '../../src/servers/compose.js';

interface Service {
  image: string;
  ports?: string[];
  volumes: string[];
  environment?: Record<string, string>;
}

const textOf = (name: string) => readFileSync(fromRoot(name), 'utf8');
const servicesOf = (name: string) =>
  // Compose's own tags are no mistake.
  parse(textOf(name), { merge: true, logLevel: 'silent' }).services as Record<string, Service>;

const base = servicesOf('docker-compose.yml');
const local = servicesOf('infra/local/compose.yml');
const services: ComposeService[] = ['mysql', 'rabbitmq', 'nginx'];
const password = 'not-on-the-command-line';
const commandOf = (service: ComposeService, dataDir = '/data/of a run') =>
  composeCommand({ dataDir, service, env: { MYSQL_PASSWORD: password } });

t.test('the servers are those of docker-compose.yml, changed in what this machine needs', (t) => {
  t.same(Object.keys(local).sort(), [...services].sort());
  for (const service of services) {
    t.ok(base[service]?.image, service);
    t.equal(local[service]?.image, undefined, 'the image is named once');
    const target = (volume: string) =>
      volume.split(':').find((part, at) => at > 0 && part[0] === '/');
    const known = (base[service]?.volumes ?? []).map(target);
    for (const volume of local[service]?.volumes ?? [])
      t.ok(known.includes(target(volume)), volume);
  }
  for (const name of Object.keys(local.nginx?.environment ?? {})) {
    t.ok(base.nginx?.environment?.[name], `nginx has ${name}`);
  }
  t.end();
});

t.test('they publish on this machine alone', (t) => {
  for (const port of [...(local.mysql?.ports ?? []), ...(local.rabbitmq?.ports ?? [])]) {
    t.match(port, /^127\.0\.0\.1:\$\{LOCAL_[A-Z_]+\}:\d+$/);
  }
  t.match(local.nginx?.environment?.NGINX_LISTEN, /^127\.0\.0\.1:/);
  t.end();
});

t.test(
  'each variable that Compose will not do without has a value, and none is an argument',
  (t) => {
    const needed = [...textOf('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)];
    t.ok(needed.length > 5);
    for (const service of services) {
      const { command, args, env, container } = commandOf(service);
      const values: Record<string, string | undefined> = env;
      t.equal(command, 'docker');
      t.equal(args.at(-1), service);
      t.match(container, new RegExp(`^comprimemelo-[0-9a-f]{10}-${service}-1$`));
      for (const [, name = ''] of needed) t.ok(values[name], name);
      for (const [, name = ''] of textOf('infra/local/compose.yml').matchAll(/\$\{(\w+)/g)) {
        t.equal(typeof values[name], 'string', name);
      }
      t.equal(values.MYSQL_PASSWORD, password);
      t.equal(values.LOCAL_DATA_DIR, '/data/of a run');
      t.notMatch(args.join(' '), password);
      t.ok(values.PATH);
    }
    t.end();
  },
);

t.test('another data directory has other containers', (t) => {
  t.not(commandOf('mysql', '/a').container, commandOf('mysql', '/b').container);
  t.equal(commandOf('mysql', '/a').container, commandOf('mysql', '/a').container);
  t.end();
});

t.test('a Compose that understands !reset is new enough', (t) => {
  for (const version of ['2.24.4', 'v2.24.4\n', '2.24.10', '2.30.0-desktop.1', '3.0.0', '5.0.1']) {
    t.equal(isEnough(version), true, version);
  }
  for (const version of ['2.24.3', 'v2.9.0', '1.29.2', '', 'unknown command']) {
    t.equal(isEnough(version), false, version);
  }
  t.end();
});
