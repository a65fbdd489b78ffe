import { randomUUID } from 'node:crypto';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import t from 'tap';
import { serveStorage, slugOf } from '../serve-storage.js';

interface Page {
  items: { key: string; size: number; modifiedAt: string }[];
  nextAfter: string | null;
}

const storage = await serveStorage();
t.teardown(() => storage.close());

const ids = Array.from({ length: 40 }, () => randomUUID());
const keys = ids.map((id) => blobKey('uploads', id)).sort();
for (const [index, key] of keys.entries()) {
  await writeFile(join(storage.root, key), 'x'.repeat(index));
}
await writeFile(join(storage.root, blobKey('results', randomUUID())), 'another area');
await symlink('/etc/passwd', join(storage.root, blobKey('uploads', randomUUID())));

async function list(query: string): Promise<Page> {
  const { status, body } = await storage.ask({ path: `/blobs?${query}` });
  t.equal(status, 200);
  return JSON.parse(body.toString()) as Page;
}

t.test('an area in the order of keys, with sizes and times', async (t) => {
  const { items, nextAfter } = await list('area=uploads');
  t.same(
    items.map(({ key, size }) => [key, size]),
    keys.map((key, index) => [key, index]),
  );
  t.ok(items.every(({ modifiedAt }) => Math.abs(Date.now() - Date.parse(modifiedAt)) < 600_000));
  t.equal(nextAfter, null);
});

t.test('page by page, each blob once', async (t) => {
  const seen: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: Page = await list(`area=uploads&limit=7${after && `&after=${after}`}`);
    t.ok(page.items.length <= 7);
    seen.push(...page.items.map(({ key }) => key));
    after = page.nextAfter;
  }
  t.same(seen, keys);
});

t.test('a last page that is just full has no next one', async (t) => {
  t.equal((await list('area=uploads&limit=40')).nextAfter, null);
});

t.test('what cannot be asked for is a 400', async (t) => {
  const wrong = ['', 'area=tmp', 'area=..', 'area=uploads&limit=0', 'area=uploads&after=../x'];
  for (const query of [...wrong, 'area=uploads&limit=1001']) {
    const answer = await storage.ask({ path: `/blobs?${query}` });
    t.equal(answer.status, 400, query);
    t.equal(slugOf(answer), 'invalid-request');
  }
});
