import { randomUUID } from 'node:crypto';
import { type BlobArea, blobAreas, blobKey } from '@comprimemelo/contracts/blob-keys';
import t from 'tap';
import type { Caller } from '../src/permissions.js';
import { type Question, serveStorage, slugOf } from './serve-storage.js';

const storage = await serveStorage();
t.teardown(() => storage.close());

const get = (area: BlobArea) => [`GET ${area}`, `HEAD ${area}`];
const put = (area: BlobArea) => [`PUT ${area}`, `put many ${area}`];
const remove = (area: BlobArea) => [`DELETE ${area}`, `delete many ${area}`];

const allowed: Record<Caller, string[]> = {
  tasks: [
    ...put('uploads'),
    ...get('uploads'),
    ...remove('uploads'),
    'list uploads',
    ...put('results'),
    ...get('results'),
    ...remove('results'),
    'list results',
    ...get('inspections'),
    ...remove('inspections'),
    'list inspections',
    ...get('manifests'),
    ...remove('manifests'),
    'list manifests',
  ],
  files: [
    ...put('uploads'),
    ...get('uploads'),
    ...remove('uploads'),
    ...put('results'),
    ...get('results'),
    ...remove('results'),
    ...remove('inspections'),
  ],
  compressor: [
    ...get('uploads'),
    ...put('results'),
    ...get('results'),
    ...put('inspections'),
    ...put('manifests'),
  ],
};

/** Every way to reach a blob of an area, by what it does. */
function questions(area: BlobArea): Record<string, Question> {
  const key = blobKey(area, randomUUID());
  const path = `/blobs/${key}`;
  const json = { 'content-type': 'application/json' };
  const deletion = { headers: json, body: JSON.stringify({ keys: [key] }) };
  return {
    ...Object.fromEntries(
      ['PUT', 'GET', 'HEAD', 'DELETE'].map((method) => [method, { method, path, body: '' }]),
    ),
    'put many': { method: 'POST', path: '/blobs', body: `${JSON.stringify({ key, size: 0 })}\n` },
    'delete many': { method: 'POST', path: '/blobs/delete', ...deletion },
    list: { path: `/blobs?area=${area}` },
  };
}

for (const [caller, mayDo] of Object.entries(allowed) as [Caller, string[]][]) {
  t.test(`what ${caller} may do, and nothing else`, async (t) => {
    for (const area of blobAreas) {
      for (const [operation, question] of Object.entries(questions(area))) {
        const answer = await storage.ask({ ...question, as: caller });
        const may = mayDo.includes(`${operation} ${area}`);
        t.equal(answer.status !== 403, may, `${operation} ${area}: ${answer.status}`);
        if (!may && operation !== 'HEAD') t.equal(slugOf(answer), 'forbidden');
      }
    }
  });
}
