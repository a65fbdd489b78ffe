import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { isWritten, readFormats, writtenFormats } from '@comprimemelo/contracts/formats';
import { problems } from '@comprimemelo/contracts/problems';
import t from 'tap';
import { files, pages, quoted, readText, root, section, tableNames, tableRows } from './pages.js';

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

t.test('README.md is one page', async (t) => {
  t.ok(readme.split('\n').length <= 120, 'at most 120 lines');
  t.ok(Buffer.byteLength(readme) <= 6_000, 'at most 6,000 bytes');
});

t.test('pages and tables can be read', async (t) => {
  t.ok(pages.length > 30);
  for (const path of pages) {
    const lines = readText(path).trimEnd().split('\n');
    t.ok(lines.length <= 250, `${path} has at most 250 lines`);
    const tables = lines.filter((line) => line.startsWith('|'));
    t.ok(
      !tables.some((line) => line.length > 200),
      `${path}: no row of a table is over 200 columns`,
    );
    t.ok(!tables.some((line) => /\S {2,}\|/.test(line)), `${path}: no table is padded`);
  }
});

/** The anchors that GitHub makes of a page's headings. */
const anchors = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  );

t.test('every relative link resolves', async (t) => {
  let found = 0;
  for (const page of pages) {
    const text = readText(page).replace(/^```.*?^```$/gms, '');
    for (const [, link = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      found += 1;
      t.ok(existsSync(join(root, target)), `${page}: ${link} exists`);
      if (anchor === undefined || !target.endsWith('.md')) continue;
      t.ok(anchors(readText(target)).includes(anchor), `${page}: ${link} has its heading`);
    }
  }
  t.ok(found > 100);
});

t.test('every path that a page names is there', async (t) => {
  const [, map = ''] = /```text\n(.*?)```/s.exec(readText('docs/architecture.md')) ?? [];
  const paths = map.split('\n').flatMap((line) => line.split(' ', 1));
  const named = [...paths, ...pages.flatMap((page) => quoted(readText(page)))].filter((path) =>
    /^(services|packages|prisma|infra|e2e|openapi|docs|bench)\/[\w./-]+$/.test(path),
  );
  t.ok(new Set(named).size > 40);
  // What the compiler makes is there only once it has run.
  for (const path of new Set(named)) {
    if (path.includes('/dist/') || path.includes('/generated')) continue;
    t.ok(existsSync(join(root, path)), `${path} exists`);
  }
});

/** Folders that programs make. */
const notOurs = new Set([
  'dist/',
  'dist/site/',
  'tmp/',
  'generated/',
  'generated/pictures/',
  'shared/',
]);

t.test('every source file and folder that a page names is there', async (t) => {
  const known = files.map((path) => `/${path}`);
  let found = 0;
  for (const page of pages) {
    for (const word of new Set(quoted(readText(page)))) {
      const isFile = /^[\w@.-]+(\/[\w@.-]+)*\.(ts|js|sh|sql|conf|css|prisma)$/.test(word);
      const isFolder = /^[a-z-]+(\/[a-z-]+)*\/$/.test(word) && !notOurs.has(word);
      if ((!isFile && !isFolder) || word === 'ipaddr.js') continue;
      found += 1;
      const fits = (path: string) =>
        isFile ? path.endsWith(`/${word}`) : path.includes(`/${word}`);
      t.ok(page === 'CONTRIBUTING.md' || known.some(fits), `${page}: ${word} is there`);
    }
  }
  t.ok(found > 60);
});

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

t.test('every decision is in the index', async (t) => {
  const index = readText('docs/decisions/README.md');
  const records = files.filter((path) => /^docs\/decisions\/\d{4}-.+\.md$/.test(path));
  t.ok(records.length > 30);
  for (const path of records) {
    t.match(index, `](${path.split('/').at(-1)})`, path);
    t.match(readText(path), new RegExp(`^# ${path.slice(15, 19)}: `), `${path} has its number`);
  }
});
