import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { layout } from '@comprimemelo/local/run/layout';
import { portsFrom } from '@comprimemelo/local/run/ports';
import type { Secrets } from '@comprimemelo/local/run/secrets';
import {
  givenSettings,
  type ServiceName,
  serviceEnvironments,
} from '@comprimemelo/local/system/service-environment';
import t from 'tap';
import { files, quoted, readText, root, section, tableNames, tableRows } from './pages.js';

type Environment = Record<string, string | undefined>;
type LoadConfig = (env: Environment) => Record<string, unknown>;

const services = readdirSync(join(root, 'services')) as ServiceName[];
const page = readText('docs/configuration.md');
const secret = 'A'.repeat(43);

/** What npm start would tell the services. */
const environments = serviceEnvironments({
  ports: portsFrom(18_080),
  dirs: layout('/nowhere'),
  secrets: new Proxy({}, { get: () => secret }) as Secrets,
  databaseUrl: 'mysql://user:password@host/database',
  amqpUrl: 'amqp://user:password@host',
  publicUrl: 'http://127.0.0.1:18080',
  maxUploadBytes: 1,
});

/** The variables that are asked of an environment. */
function watch(env: Environment) {
  const asked = new Set<string>();
  const watched = new Proxy(env, {
    get(variables, name) {
      if (typeof name === 'string') asked.add(name);
      return Reflect.get(variables, name);
    },
  });
  return { asked, watched };
}

function refuses(load: LoadConfig, env: Environment): boolean {
  try {
    load(env);
    return false;
  } catch {
    return true;
  }
}

/** A service's variables with their defaults: undefined where there is none, `required` where it must be given. */
async function variablesOf(service: ServiceName): Promise<Map<string, string | undefined>> {
  const path = join(root, 'services', service, 'dist/src/config.js');
  const { loadConfig } = (await import(path)) as { loadConfig: LoadConfig };
  const { asked, watched } = watch(environments[service]);
  loadConfig(watched);
  const required = [...asked].filter((name) =>
    refuses(loadConfig, { ...environments[service], [name]: undefined }),
  );
  const given = required.map((name) => [name, environments[service][name]] as const);
  const config = loadConfig(Object.fromEntries(given));
  return new Map(
    [...asked].map((name) => {
      if (required.includes(name)) return [name, 'required'];
      return [name, config[name] === undefined ? undefined : String(config[name])];
    }),
  );
}

const rows = tableRows(section(page, 'Services'))
  .slice(1)
  .map(([names, users = '', standard = '']) => ({
    name: quoted(names)[0] ?? '',
    users: users === 'all' ? services : users.split(', '),
    standard,
  }));

t.test("the services' table names what is read, all of it, with its defaults", async (t) => {
  const known = new Set<string>();
  for (const service of services) {
    const variables = await variablesOf(service);
    t.ok(variables.size >= 3);
    for (const [name, standard] of variables) {
      known.add(`${service} ${name}`);
      const found = rows.filter((row) => row.name === name && row.users.includes(service));
      t.equal(found.length, 1, `${name} of ${service} has its row`);
      const [row] = found;
      if (standard === undefined) t.match(row?.standard, /^none/, `${name} has no default`);
      else if (standard === 'required') t.equal(row?.standard, 'required', name);
      else t.equal(row?.standard, `\`${standard}\``, `the default of ${name}`);
    }
  }
  for (const { name, users } of rows) {
    for (const user of users) t.ok(known.has(`${user} ${name}`), `${user} reads ${name}`);
  }
});

t.test('the table of npm start names what is read, all of it', async (t) => {
  const text = section(page, '`npm start` and `npm test`');
  const named = tableNames(text).filter((name) => /^[A-Z][A-Z_]+$/.test(name));
  const paths = files.filter((path) => /^infra\/local\/.+\.(ts|js)$/.test(path));
  const code = paths
    .filter((path) => !path.includes('/test/'))
    .map(readText)
    .join('\n');
  t.ok(named.length > 20);
  for (const name of named) t.ok(code.includes(name), `${name} is read`);
  for (const service of services) {
    const { asked, watched } = watch({});
    givenSettings(service, watched as NodeJS.ProcessEnv);
    for (const name of asked) t.ok(named.includes(name), `${name} is in the table`);
  }
  for (const [names = '', standard] of tableRows(text)) {
    const given = environments.auth[quoted(names)[0] ?? ''];
    if (names.includes('_PER_ADDRESS')) t.equal(standard, `\`${given}\``, names);
  }
});

t.test('every variable of the services is read by one of them', async (t) => {
  const configs = files.filter((path) => /^services\/.+\/src\/config\.ts$/.test(path));
  const text = [...configs, 'packages/service/src/process/process-config.ts']
    .map(readText)
    .join('\n');
  const declared = [...text.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name ?? '');
  t.ok(declared.length > 20);
  for (const name of declared)
    t.ok(
      rows.some((row) => row.name === name),
      `${name} is in the table`,
    );
  for (const { name } of rows) t.ok(text.includes(name), `${name} is read`);
});
