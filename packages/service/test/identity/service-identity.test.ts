import t from 'tap';
import {
  createIdentityVerifier,
  createServiceIdentity,
} from '../../src/identity/service-identity.js';

const [tasksKey, filesKey] = ['t'.repeat(43), 'f'.repeat(43)] as const;
const verify = createIdentityVerifier({
  audience: 'storage',
  keys: { tasks: tasksKey, files: filesKey },
});
const identity = { service: 'tasks', audience: 'storage', key: tasksKey };

t.test('a caller is known by the key that it shares with the callee', async (t) => {
  t.equal(verify(createServiceIdentity(identity)()), 'tasks');
  t.equal(
    verify(createServiceIdentity({ ...identity, service: 'files', key: filesKey })()),
    'files',
  );
  const refused: [string, string | undefined][] = [
    ['none', undefined],
    ['no token', 'Bearer x'],
    ["another's name", createServiceIdentity({ ...identity, service: 'files' })()],
    ['another key', createServiceIdentity({ ...identity, key: 'x'.repeat(43) })()],
    ['another audience', createServiceIdentity({ ...identity, audience: 'tasks' })()],
  ];
  for (const [what, header] of refused) {
    t.throws(() => verify(header), { code: 'unauthenticated' }, what);
  }
});

t.test('a token is used again and renewed in time', async (t) => {
  const header = createServiceIdentity(identity);
  const first = header();
  t.equal(header(), first);
  const { now } = Date;
  t.teardown(() => {
    Date.now = now;
  });
  Date.now = () => now() + 31_000;
  t.not(header(), first);
  Date.now = () => now() + 61_000;
  t.throws(() => verify(first), { code: 'unauthenticated' }, 'and ends after 60 s');
});
