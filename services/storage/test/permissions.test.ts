import { randomUUID } from 'node:crypto';
import { blobKey } from '@comprimemelo/contracts/blob-keys';
import t from 'tap';
import type { Caller } from '../src/permissions.js';
import { serveStorage, slugOf } from './serve-storage.js';

const storage = await serveStorage();
t.teardown(() => storage.close());

const allowed: Record<Caller, string[]> = {
  tasks: [
    ...['PUT uploads', 'GET uploads', 'HEAD uploads', 'DELETE uploads', 'list uploads'],
    ...['PUT results', 'GET results', 'HEAD results', 'DELETE results', 'list results'],
  ],
  files: [
    ...['PUT uploads', 'GET uploads', 'HEAD uploads', 'DELETE uploads'],
    ...['PUT results', 'GET results', 'HEAD results', 'DELETE results'],
  ],
  compressor: ['GET uploads', 'HEAD uploads', 'PUT results', 'GET results', 'HEAD results'],
};

for (const [caller, mayDo] of Object.entries(allowed) as [Caller, string[]][]) {
  t.test(`what ${caller} may do, and nothing else`, async (t) => {
    for (const area of ['uploads', 'results'] as const) {
      const path = `/blobs/${blobKey(area, randomUUID())}`;
      for (const method of ['PUT', 'GET', 'HEAD', 'DELETE']) {
        const answer = await storage.ask({ method, path, as: caller, body: '' });
        const may = mayDo.includes(`${method} ${area}`);
        t.equal(answer.status !== 403, may, `${method} ${area}: ${answer.status}`);
        if (!may && method !== 'HEAD') t.equal(slugOf(answer), 'forbidden');
      }
      const listed = await storage.ask({ path: `/blobs?area=${area}`, as: caller });
      t.equal(listed.status, mayDo.includes(`list ${area}`) ? 200 : 403);
    }
  });
}
