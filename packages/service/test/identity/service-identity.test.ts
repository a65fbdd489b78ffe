import t from 'tap';
import {
  createIdentityVerifier,
  createServiceIdentity,
} from '../../src/identity/service-identity.js';
import { verifyingApp } from './verifying-app.js';

const [tasksKey, filesKey] = ['t'.repeat(43), 'f'.repeat(43)] as const;
const accepted = { audience: 'storage', keys: { tasks: tasksKey, files: filesKey } };
const identity = { service: 'tasks', audience: 'storage', key: tasksKey };
const { ask } = await verifyingApp(t, async (scope) => {
  const verify = await createIdentityVerifier(scope, accepted);
  return ({ headers }) => verify(headers.authorization);
});

t.test('a caller is known by the key that it shares with the callee', async (t) => {
  t.equal((await ask(createServiceIdentity(identity)())).body, 'tasks');
  const files = createServiceIdentity({ ...identity, service: 'files', key: filesKey });
  t.equal((await ask(files())).body, 'files');
  const refused: [string, string | undefined][] = [
    ['none', undefined],
    ['no token', 'Bearer x'],
    ["another's name", createServiceIdentity({ ...identity, service: 'files' })()],
    ['an unknown name', createServiceIdentity({ ...identity, service: 'auth' })()],
    ['a name of every object', createServiceIdentity({ ...identity, service: '__proto__' })()],
    ['another key', createServiceIdentity({ ...identity, key: 'x'.repeat(43) })()],
    ['another audience', createServiceIdentity({ ...identity, audience: 'tasks' })()],
  ];
  for (const [what, header] of refused) {
    const answer = await ask(header);
    t.match(answer.json(), { status: 401, type: '/problems/unauthenticated' }, what);
    t.match(answer.headers['www-authenticate'], /^Bearer/, what);
  }
});

t.test('a token is used again and renewed in time', async (t) => {
  const header = createServiceIdentity(identity);
  const first = header();
  t.equal(header(), first);
  t.equal((await ask(first)).statusCode, 200);
  const { now } = Date;
  t.teardown(() => {
    Date.now = now;
  });
  Date.now = () => now() + 31_000;
  t.not(header(), first);
  Date.now = () => now() + 61_000;
  t.equal((await ask(first)).statusCode, 401, 'and ends after 60 s');
});
