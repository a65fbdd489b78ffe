import { builtinModules } from 'node:module';
import { isWritten, readFormats, writtenFormats } from '@comprimemelo/contracts/formats';
import { problems } from '@comprimemelo/contracts/problems';
import t from 'tap';
import { files, pages, quoted, readText, section, tableNames, tableRows } from './pages.js';

type Manifest = Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies' | 'scripts' | 'engines',
  Record<string, string> | undefined
>;

const manifestOf = (path: string) => JSON.parse(readText(path)) as Manifest;
const manifests = files.filter((path) => /(^|\/)package\.json$/.test(path)).map(manifestOf);
const rootManifest = manifestOf('package.json');
const readme = readText('README.md');

/** The programs of the repository, tests left out. */
const sources = files.filter(
  (path) => /\.(ts|js)$/.test(path) && /^(services|packages|prisma|infra)\//.test(path),
);
const code = sources
  .filter((path) => !path.includes('/test/'))
  .map(readText)
  .join('\n');

/** The anchors that GitHub makes of a page's headings. */

/** Folders that programs make. */

t.test('every npm command is one', async (t) => {
  const text = pages.map(readText).join('\n');
  const commands = [...text.matchAll(/`(?:[A-Z_]+=\S+ )*npm (?:run )?([a-z:-]+)/g)];
  t.ok(commands.length > 20);
  for (const [line, name = ''] of commands) {
    t.type(rootManifest.scripts?.[name], 'string', line);
  }
});

t.test('every dependency is named, and none that is none', async (t) => {
  const named = tableNames(readText('docs/dependencies.md').split('## Programs')[0] ?? '');
  const declared = manifests.flatMap(({ dependencies, devDependencies, optionalDependencies }) => [
    ...Object.keys(dependencies ?? {}),
    ...Object.keys(devDependencies ?? {}),
    ...Object.keys(optionalDependencies ?? {}),
  ]);
  const foreign = new Set(declared.filter((name) => !name.startsWith('@comprimemelo/')));
  t.ok(foreign.size > 40);
  for (const name of named) t.ok(foreign.has(name), `${name} is a dependency`);
  for (const name of foreign) t.ok(named.includes(name), `${name} has its line`);
  const imported = [...code.matchAll(/from '((?:@[\w.-]+\/)?[\w.-]+)[^']*';$/gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'node' && !builtinModules.includes(name))
    .filter((name) => !name.startsWith('.') && !name.startsWith('@comprimemelo/'));
  t.ok(imported.length > 20);
  for (const name of new Set(imported)) t.ok(foreign.has(name), `${name} is declared`);
});

t.test('the versions of Node agree', async (t) => {
  const [major = ''] = readText('.node-version').trim().split('.');
  t.match(major, /^\d+$/);
  t.equal(rootManifest.engines?.node, `>=${major}`, 'engines');
  t.match(rootManifest.devDependencies?.['@types/node'], new RegExp(`^${major}\\.`), '@types/node');
  const images = [...readText('infra/docker/Dockerfile').matchAll(/^FROM node:(\d+)/gm)];
  t.ok(images.length > 0);
  for (const [line, version] of images) t.equal(version, major, line);
  for (const page of ['README.md', 'docs/operations.md', 'docs/dependencies.md']) {
    t.match(readText(page), new RegExp(`Node ${major}\\b`), page);
  }
});

t.test('the connections to the database are those of the code', async (t) => {
  const client = readText('prisma/src/client/client.ts');
  const webhooks = readText('services/webhooks/src/main.ts');
  const number = (text: string, name: string) =>
    Number(new RegExp(`${name}(?: =|:) (\\d+)`).exec(text)?.[1]);
  const writes = number(client, 'defaultConnectionLimit');
  const reads = number(client, 'defaultReadConnectionLimit');
  const ofWebhooks = [
    number(webhooks, 'connectionLimit'),
    number(webhooks, 'readConnectionLimit'),
  ] as const;
  const all = writes + reads;
  const few = ofWebhooks[0] + ofWebhooks[1];
  const sum = `6 × ${all} + 2 × ${few} = ${6 * all + 2 * few}`;
  for (const page of [
    'docs/configuration.md',
    'docs/decisions/0018-connection-pools.md',
    'prisma/README.md',
  ]) {
    const text = readText(page).replace(/\s+/g, ' ');
    t.match(text, `${writes} connections for writes and ${reads} for`, page);
    t.match(text, `webhooks ${ofWebhooks[0]} and ${ofWebhooks[1]}`, page);
    t.match(text, sum, page);
  }
});

t.test('the formats are those of the contracts', async (t) => {
  const [, ...rows] = tableRows(
    section(readText('docs/api.md'), 'Formats and options').split('| option')[0] ?? '',
  );
  const inTable = (test: (row: string[]) => boolean) =>
    rows
      .filter(test)
      .flatMap(([first]) => quoted(first))
      .sort();
  t.same(
    inTable(([, read]) => read === 'yes'),
    readFormats.toSorted(),
  );
  t.same(
    inTable(([, , written]) => written?.startsWith('yes') ?? false),
    writtenFormats.toSorted(),
  );
  const ofReadme = (row: string) =>
    tableRows(section(readme, 'What it does')).find(([first]) => first === row)?.[1] ?? '';
  for (const name of readFormats) {
    t.match(ofReadme(isWritten(name) ? 'write' : 'read'), name, `README.md has ${name}`);
  }
});

t.test('what goes wrong first is ten things, in the words of the code', async (t) => {
  const trouble = readText('docs/trouble.md');
  t.equal([...trouble.matchAll(/^## \d+\. /gm)].length, 10);
  const lines = [...trouble.matchAll(/^```text\n(.*?)\n```$/gms)].map(([, line]) => line ?? '');
  t.ok(lines.length >= 10);
  for (const line of lines.filter((one) => /^(npm start:|7-Zip)/.test(one))) {
    const fixed = line.replace(/^npm start: /, '').split(/<[^>]*>/);
    for (const part of fixed.filter((one) => one.length > 7)) {
      t.ok(code.includes(part.trim()), `"${part}" is what the code says`);
    }
  }
  const named = [...trouble.matchAll(/`(\d{3}) ([a-z]+-?[a-z-]*)`/g)];
  t.ok(named.length > 2);
  for (const [text, status, slug = ''] of named) {
    t.equal(String(problems[slug as keyof typeof problems]?.status), status, text);
  }
});
