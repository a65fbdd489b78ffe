import t from 'tap';
import { headers } from '../../src/document/response-headers.js';
import { changeOperations } from '../../src/model/document.js';
import { document } from '../fixtures/document.js';

const named = new Map<string, string[]>();
changeOperations(document, (operation) => {
  for (const [status, response] of Object.entries(operation.responses)) {
    named.set(`${operation.operationId} ${status}`, Object.keys(response.headers ?? {}));
  }
  return operation;
});

t.test(
  'an answer that is no problem has its request id, one that leads somewhere its place',
  async (t) => {
    for (const [at, names] of named)
      t.equal(names.includes('X-Request-Id'), !/ ([45]|default)/.test(at), at);
    t.ok(named.get('createTask 202')?.includes('Location'));
    t.ok(named.get('listTasks 200')?.includes('Link'));
    t.ok(named.get('downloadFile 206')?.includes('Content-Range'));
    t.ok(named.get('signUp 503')?.includes('Retry-After'));
  },
);

t.test('each header that is named is described once, and none for nothing', async (t) => {
  const used = new Set([...named.values()].flat());
  t.same([...used].sort(), Object.keys(headers).sort());
  t.same(document.components.headers, headers);
});
