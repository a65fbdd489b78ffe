import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { files, pages, quoted, readText, root, withoutBlocks } from './pages.js';

const readme = readText('README.md');

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
    const text = withoutBlocks(readText(page));
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

const notOurs = new Set([
  'dist/',
  'dist/site/',
  'tmp/',
  'generated/',
  'generated/pictures/',
  'shared/',
  'ipaddr.js',
  'index.ts',
  'findings/NAME.sh',
]);

t.test('every source file and folder that a page names is there', async (t) => {
  const known = files.map((path) => `/${path}`);
  let found = 0;
  for (const page of pages) {
    for (const word of new Set(quoted(readText(page)))) {
      const isFile = /^[\w@.-]+(\/[\w@.-]+)*\.(ts|js|sh|sql|conf|css|prisma)$/.test(word);
      const isFolder = /^[a-z-]+(\/[a-z-]+)*\/$/.test(word);
      if ((!isFile && !isFolder) || notOurs.has(word)) continue;
      found += 1;
      const fits = (path: string) =>
        isFile ? path.endsWith(`/${word}`) : path.includes(`/${word}`);
      t.ok(known.some(fits), `${page}: ${word} is there`);
    }
  }
  t.ok(found > 60);
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

t.test('every finding has the form that findings/README.md asks for', async (t) => {
  const scripts = files.filter((path) => /^findings\/.+\.sh$/.test(path));
  t.ok(files.includes('findings/README.md'));
  for (const path of scripts) {
    const text = readText(path);
    t.match(text, /^#!.*bash\n/, `${path} is bash`);
    t.match(text, /^set -eu/m, `${path} stops at an error`);
    t.ok(text.split('\n').length <= 60, `${path} has fewer than 60 lines`);
    t.match(text, /mktemp -d/, `${path} works in a fresh folder`);
    t.match(text, /^trap .*EXIT/m, `${path} removes it`);
    t.notMatch(text, /https?:\/\/(?!127\.0\.0\.1|localhost)/, `${path} names no address`);
    t.match(text, /\b20\d\d-\d\d-\d\d\b/, `${path} says when`);
    t.ok((statSync(join(root, path)).mode & 0o111) !== 0, `${path} can be run`);
  }
});
