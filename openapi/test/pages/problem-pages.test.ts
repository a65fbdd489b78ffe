import { problemTexts } from '@comprimemelo/contracts/problem-texts';
import { problems } from '@comprimemelo/contracts/problems';
import t from 'tap';
import { problemPages } from '../../src/pages/problem-pages.js';

const pages = problemPages();

t.test('each problem has a page that says what it means and what to do', async (t) => {
  const slugs = Object.keys(problems);
  t.same([...pages.keys()].sort(), ['index.html', ...slugs.map((slug) => `${slug}.html`)].sort());
  t.match(
    pages.get('not-processed.html'),
    '<title>The task has no result to download (not-processed)',
  );
  t.match(pages.get('not-processed.html'), '<code>/problems/not-processed</code>, HTTP status 409');
  t.match(pages.get('not-processed.html'), 'call getTask with <code>wait</code>.');
});

t.test('the list leads to all of them', async (t) => {
  const links = pages.get('index.html')?.matchAll(/href="\/problems\/([a-z-]+)"/g) ?? [];
  t.same(
    [...links].map(([, slug]) => slug),
    Object.keys(problems),
  );
});

t.test('nothing is inline, nothing comes from outside, no markup is left open', async (t) => {
  for (const [name, page] of pages) {
    t.notMatch(page, /<script|<style| style=| on\w+=|(?:src|href)="(?:https?:)?\/\/|`/, name);
  }
});

t.test('every text is made of whole sentences', async (t) => {
  for (const [slug, { meaning, remedy }] of Object.entries(problemTexts)) {
    for (const text of [meaning, remedy]) t.match(text, /^(?:[A-Z]|`).*\.$/, slug);
  }
});
