import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { findNode } from '../../bootstrap/find-node.js';
import { provideNode } from '../../bootstrap/tools.js';
import { givenEnvironment } from '../../src/config.js';
import { fromRoot } from '../../src/run/layout.js';
import { bootstrap, smallCheckout } from './small-checkout.js';

const pinned = `node-${process.platform}-${process.arch}`;

/** Tells a version that no Node has, and does what the lines say where it is to run something. */
const otherNode = (lines: string) => `#!/bin/sh
[ "$1" = --version ] && { echo v99.1.0; exit; }
${lines}
`;

/** A checkout for which every Node is too old but the one that is put there. */
function futureCheckout(t: Test) {
  const checkout = smallCheckout(t, '>=99');
  const program = (name: string, lines: string) => {
    checkout.write(name, otherNode(lines));
    chmodSync(join(checkout.root, name), 0o755);
  };
  return { ...checkout, program };
}

t.test('a Node of this machine that is new enough runs everything', async (t) => {
  const { root, program } = futureCheckout(t);
  program('bin/node', 'shift; echo "with $*"; exit 7');
  const PATH = `${root}/bin:${givenEnvironment().PATH}`;
  const { code, text } = await bootstrap(root, ['run', 'which'], { PATH }).ended;
  t.equal(code, 7);
  t.equal(
    text,
    `Using Node 99.1.0 (${root}/bin/node): Node 99 or newer is needed, this is ${process.versions.node}\n` +
      'with run which\n',
  );
});

t.test('version managers are asked, too', (t) => {
  const { root, program } = futureCheckout(t);
  const places = [
    '.nvm/versions/node/v99.1.0/bin/node',
    '.local/share/fnm/node-versions/v99.1.0/installation/bin/node',
    '.asdf/installs/nodejs/99.1.0/bin/node',
  ];
  for (const place of places) {
    program(place, 'exit 1');
    t.match(findNode({ PATH: '', HOME: root }), { version: /^\d+\./ }, place);
    rmSync(join(root, place));
  }
  t.end();
});

t.test('the pinned Node that was fetched before needs no network', async (t) => {
  const { root, write, program } = futureCheckout(t);
  const modules = '.data/tools/node_modules';
  rmSync(join(root, modules));
  const manifest = readFileSync(fromRoot('infra/local/tools/package.json'), 'utf8');
  const version: string = JSON.parse(manifest).optionalDependencies[pinned];
  write(join(modules, pinned, 'package.json'), JSON.stringify({ version }));
  program(join(modules, pinned, 'bin/node'), 'echo here');
  const env = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' };
  const { code, text } = await bootstrap(root, ['run', 'which'], env).ended;
  t.equal(code, 0, text);
  t.match(text, new RegExp(`^Using Node ${version} \\(.*/${pinned}/bin/node\\).*\nhere\n$`));

  rmSync(join(root, modules), { recursive: true });
  const without = await bootstrap(root, ['run', 'which'], env).ended;
  t.equal(without.code, 1);
  t.match(
    without.text,
    /^Node 99 or newer is needed, .*: getting Node [\d.]+ from the npm registry into \.data\/tools$/m,
  );
  t.match(without.text, /^npm run: .*: failed \(exit code 1\), see above\.$/m);
});

t.test('signals reach what runs under the other Node', async (t) => {
  const { root, program } = futureCheckout(t);
  program('bin/node', `trap 'echo told; exit 143' TERM; echo waiting; while :; do sleep 0.1; done`);
  const PATH = `${root}/bin:${givenEnvironment().PATH}`;
  const { child, output, ended } = bootstrap(root, ['run', 'which'], { PATH });
  while (!output.text.includes('waiting')) await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const { code, text } = await ended;
  t.equal(code, 143);
  t.match(text, /^told$/m);
});

t.test('a Node that is not what it says it is does not go round in circles', async (t) => {
  const { root, program } = futureCheckout(t);
  program('bin/node', `exec ${process.execPath} "$@"`);
  const PATH = `${root}/bin:${givenEnvironment().PATH}`;
  const { code, text } = await bootstrap(root, ['run', 'which'], { PATH }).ended;
  t.equal(code, 1);
  t.match(text, /bin\/node is not the Node that it says it is\.\n$/);
});

t.test('another kind of machine is told what to do', async (t) => {
  await t.rejects(provideNode('Node 24 is needed', { platform: 'darwin', arch: 'arm64' }), {
    message:
      'Node 24 is needed, and the npm registry has one for Linux on x64 and arm64 alone, ' +
      'not for darwin on arm64. Install it: https://nodejs.org/en/download',
  });
});

t.test('scripts run with the Node that runs this, whatever the PATH says', async (t) => {
  const { root, write } = smallCheckout(t);
  write('bin/node', otherNode('echo not this one'));
  chmodSync(join(root, 'bin/node'), 0o755);
  const PATH = `${root}/bin:${givenEnvironment().PATH}`;
  const { text } = await bootstrap(root, ['run', 'which'], { PATH }).ended;
  t.match(text, `node ${process.execPath}\n`);
  t.notMatch(text, 'not this one');
});

t.test('wrong addresses and commands are one line, before anything is installed', async (t) => {
  const { root } = futureCheckout(t);
  const env = { DATABASE_URL: 'postgres://u:hidden@db/app', AMQP_URL: '' };
  const { code, text } = await bootstrap(root, ['start'], env).ended;
  t.equal(code, 1);
  t.match(
    text,
    /^npm start: DATABASE_URL must look like mysql:\/\/\S+, but it begins with postgres:\.\n$/,
  );
  t.match(await bootstrap(root, ['begin']).ended, {
    code: 1,
    text: /^npm begin: unknown; it is one of start, stop, [^\n]+\n$/,
  });
  t.match(await bootstrap(root, ['stop']).ended, { code: 0, text: 'Nothing is running.\n' });
});
