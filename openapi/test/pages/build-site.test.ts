import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { buildSite } from '../../src/pages/build-site.js';
import { documentPath } from '../../src/paths.js';

const pageNames = ['index.html', 'password-reset.html'];

t.test('the document, and the pages with all that they load', async (t) => {
  const site = t.testdir({ 'of-before.txt': '' });
  await buildSite(site);
  const read = (name: string) => readFile(join(site, name), 'utf8');
  t.equal(await read('openapi.json'), await readFile(documentPath, 'utf8'));

  const pages = (await Promise.all(pageNames.map(read))).join();
  const loaded = [...pages.matchAll(/ (?:src|href)="([^"/][^"]*)"/g)].map(([, name]) => name);
  const all = new Set(['openapi.json', 'problems', 'problems.css', ...pageNames, ...loaded]);
  t.same((await readdir(site)).sort(), [...all].sort());
  t.ok(loaded.length >= 4);
});

t.test('nothing is inline and nothing is loaded from outside', async (t) => {
  const site = t.testdir();
  await buildSite(site);
  for (const name of pageNames) {
    const page = await readFile(join(site, name), 'utf8');
    t.notMatch(page, /<script(?![^>]* src=)|<style| on\w+=| style=/);
    t.notMatch(page, /(?:src|href)="(?:https?:)?\/\//);
  }
  for (const name of ['page.js', 'password-reset.js']) {
    t.notMatch(await readFile(join(site, name), 'utf8'), /https?:/);
  }
});
