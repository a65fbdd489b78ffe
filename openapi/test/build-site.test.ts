import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { buildSite } from '../src/build-site.js';
import { documentPath } from '../src/paths.js';

t.test('the document, and a page with all that it loads', async (t) => {
  const site = t.testdir({ 'of-before.txt': '' });
  await buildSite(site);
  const read = (name: string) => readFile(join(site, name), 'utf8');
  t.equal(await read('openapi.json'), await readFile(documentPath, 'utf8'));

  const page = await read('index.html');
  const loaded = [...page.matchAll(/ (?:src|href)="([^"/][^"]*)"/g)].map(([, name]) => name);
  t.same((await readdir(site)).sort(), ['index.html', 'openapi.json', ...loaded].sort());
  t.ok(loaded.length >= 4);
});

t.test('nothing is inline and nothing is loaded from outside', async (t) => {
  const site = t.testdir();
  await buildSite(site);
  const page = await readFile(join(site, 'index.html'), 'utf8');
  t.notMatch(page, /<script(?![^>]* src=)|<style| on\w+=| style=/);
  t.notMatch(page, /(?:src|href)="(?:https?:)?\/\//);
  t.notMatch(await readFile(join(site, 'page.js'), 'utf8'), /https?:/);
});
