import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { check, rules } from '../src/check.js';
import { readRepository } from '../src/repository.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\/$/, '');
const main = fileURLToPath(new URL('../src/main.js', import.meta.url));

/** A copy of every source file and package.json: what is planted there is in nobody's way. */
const copy = mkdtempSync(join(tmpdir(), 'imports-'));
const almostEmpty = mkdtempSync(join(tmpdir(), 'imports-'));
process.once('exit', () => {
  for (const folder of [copy, almostEmpty]) rmSync(folder, { recursive: true });
});
writeFileSync(join(almostEmpty, 'one.ts'), '');
const { files, packages } = readRepository(root);
const manifests = packages.map(({ folder }) => join(folder, 'package.json'));
for (const path of [...files.keys(), ...manifests]) {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  copyFileSync(join(root, path), join(copy, path));
}

/** Each rule, broken once: what is written where. `{}` stands for a quoted module, so that no text here imports; `PROCESS` for process. */
const breaches: Record<string, Record<string, [path: string, text: string]>> = {
  'services-never-import-services': {
    value: ['services/files/src/planted.ts', 'import { a } from {@comprimemelo/tasks/app};'],
    type: ['services/files/src/planted.ts', 'import type { a } from {@comprimemelo/tasks/app};'],
    'by path': ['services/files/src/planted.ts', 'export { a } from {../../tasks/src/app.js};'],
    'in a test': ['services/files/test/planted.ts', 'import {@comprimemelo/tasks/app};'],
  },
  'packages-never-import-services': {
    type: ['packages/uploads/src/planted.ts', 'import type { a } from {@comprimemelo/auth/app};'],
    'from prisma': ['prisma/src/planted.ts', 'import { a } from {@comprimemelo/auth/app};'],
  },
  'contracts-imports-typebox-alone': {
    type: ['packages/contracts/src/planted.ts', 'import type { a } from {node:fs};'],
    package: ['packages/contracts/src/planted.ts', 'import type { a } from {fastify};'],
  },
  'routes-never-import-app': {
    type: ['services/auth/src/routes/planted.ts', 'import type { a } from {../app.js};'],
    consumers: ['services/tasks/src/routes/planted.ts', 'import { a } from {../consumers.js};'],
  },
  'no-database-in-storage-compressor-notifier': {
    type: [
      'services/storage/src/planted.ts',
      'type A = import({@comprimemelo/prisma/client/client}).A;',
    ],
    driver: ['services/notifier/src/planted.ts', 'import { createPool } from {mariadb};'],
    client: ['services/compressor/test/planted.ts', 'import {@prisma/client};'],
  },
  'only-messaging-imports-the-amqp-client': {
    type: ['services/tasks/src/planted.ts', 'import type { a } from {amqplib};'],
    other: ['packages/testing/src/planted.ts', 'const a = await import({rabbitmq-client});'],
  },
  'every-import-is-found': {
    file: ['services/tasks/src/planted.ts', 'import { a } from {./absent.js};'],
    package: ['services/tasks/src/planted.ts', 'import { a } from {@comprimemelo/service/absent};'],
  },
  'imports-go-down-the-layers': {
    type: [
      'services/tasks/src/outgoing/planted.ts',
      'import type { a } from {../reports/attempt.js};',
    ],
    neighbour: [
      'services/tasks/src/reports/planted.ts',
      'import { a } from {../watch/one-task.js};',
    ],
    engine: [
      'services/compressor/src/engines/process/planted.ts',
      'import type { a } from {../seven-zip/unwrap.js};',
    ],
    'to main': ['services/files/src/routes/planted.ts', 'import { a } from {../main.js};'],
  },
  'packages-go-down-the-layers': {
    type: [
      'packages/service/src/planted.ts',
      'import type { a } from {@comprimemelo/messaging/message};',
    ],
    neighbour: ['prisma/src/planted.ts', 'import { a } from {@comprimemelo/messaging/message};'],
  },
  'every-room-has-a-layer': {
    room: ['services/tasks/src/helpers/planted.ts', 'export const a = 1;'],
    'first room': ['packages/uploads/src/forms/planted.ts', 'export const a = 1;'],
  },
  'dependencies-are-types-alone': {
    import: ['services/files/src/dependencies.ts', 'import { a } from {./owned-file.js};'],
    export: ['services/files/src/dependencies.ts', 'export const a = 1;'],
  },
  'no-test-only-module-in-production': {
    type: [
      'services/tasks/src/planted.ts',
      'import type { a } from {@comprimemelo/testing/tokens};',
    ],
    test: ['packages/service/src/planted.ts', 'import { a } from {../test/config.test.js};'],
    tap: ['packages/service/src/planted.ts', 'import t from {tap};'],
    name: ['packages/messaging/src/testing.ts', 'export const a = 1;'],
    export: [
      'services/storage/package.json',
      '{ "name": "@comprimemelo/storage", "exports": { "./*": "./dist/test/*.js" } }',
    ],
  },
  'production-imports-its-dependencies-alone': {
    type: ['services/notifier/src/planted.ts', 'import type { a } from {fastify};'],
  },
  'no-circle': {
    type: ['services/files/src/send-by-nginx.ts', 'import type { a } from {./dependencies.js};'],
    itself: ['services/files/src/planted.ts', 'import {./planted.js};'],
    'of tests': ['services/files/test/planted.ts', 'export * from {./planted.js};'],
  },
  'only-config-reads-the-environment': {
    property: ['services/tasks/src/planted.ts', 'export const a = PROCESS.env.A;'],
    destructured: ['services/tasks/src/planted.ts', 'const { env } = PROCESS;'],
    module: ['services/tasks/src/planted.ts', 'import { env } from {node:process};'],
    'in a test': ['e2e/test/planted.ts', "export const a = PROCESS['env'].A;"],
  },
};

/** What is written for a text of above: a source goes in front of the file that is there. */
function planted(path: string, text: string, former: string): string {
  if (path.endsWith('.json')) return text;
  const source = text.replace('PROCESS', 'process').replace(/\{([@./\w:-]+)\}/, "'$1'");
  return `${source}\n${former}`;
}

/** The rules that are broken once the text stands in the file. What was there is put back. */
function brokenBy(path: string, text: string): string[] {
  const target = join(copy, path);
  const former = existsSync(target) ? readFileSync(target, 'utf8') : undefined;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, planted(path, text, former ?? ''));
  const broken = check(readRepository(copy)).map(({ rule }) => rule);
  if (former === undefined) rmSync(target);
  else writeFileSync(target, former);
  return broken;
}

t.test('the repository breaks no rule', (t) => {
  t.same(check(readRepository(copy)), []);
  t.end();
});

for (const [rule, ways] of Object.entries(breaches)) {
  t.test(`${rule} fails when it is broken`, (t) => {
    for (const [way, [path, text]] of Object.entries(ways)) {
      t.ok(brokenBy(path, text).includes(rule), `${way}: ${text}`);
    }
    t.end();
  });
}

t.test('no-folder-of-more-than-20-files fails, tests included, but for routes', (t) => {
  const brokenWith = (folder: string) => {
    const paths = Array.from({ length: 21 }, (_, at) => join(copy, folder, `planted-${at}.ts`));
    mkdirSync(join(copy, folder), { recursive: true });
    for (const path of paths) writeFileSync(path, '');
    const broken = check(readRepository(copy)).map(({ rule }) => rule);
    for (const path of paths) rmSync(path);
    return broken.includes('no-folder-of-more-than-20-files');
  };
  t.ok(brokenWith('services/files/src'));
  t.ok(brokenWith('services/files/test/fixtures'));
  t.notOk(brokenWith('services/files/src/routes'));
  t.end();
});

t.test('a check that reads nothing fails', (t) => {
  const broken = check(readRepository(almostEmpty)).map(({ rule }) => rule);
  t.same(broken, ['reads-the-repository']);
  t.end();
});

t.test('every rule is broken here', (t) => {
  const others = ['reads-the-repository', 'no-folder-of-more-than-20-files'];
  t.same(rules.map(({ name }) => name).sort(), [...Object.keys(breaches), ...others].sort());
  t.end();
});

t.test('the program fails with the name of the rule', async (t) => {
  const run = (folder: string) => promisify(execFile)(process.execPath, [main, folder]);
  t.match((await run(copy)).stdout, /^\d+ source files, \d+ rules of imports, 0 violations$/m);
  await t.rejects(run(almostEmpty), {
    code: 1,
    stderr: /^reads-the-repository: /,
  });
});
