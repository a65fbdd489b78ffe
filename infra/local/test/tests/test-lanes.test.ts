import t from 'tap';
import { environmentWithoutSystem } from '../../src/tests/test-environment.js';
import { unitTests } from '../../src/tests/test-lanes.js';

/** A line of a source that is not one of ours: no check of imports may take it for an import of this file. */
const line = (names: string, path: string) =>
  `import ${names} from ${JSON.stringify(path)};`.replaceAll('"', "'");

const test = (name: string) => `services/a/dist/test/${name}.test.js`;

t.test('what asks for a server by itself or by a fixture is left out', (t) => {
  const root = t.testdir({
    services: {
      a: {
        dist: {
          test: {
            'plain.test.js': `${line('t', 'tap')}\n${line('{ sum }', './fixtures/plain.js')}`,
            'broker.test.js': line('{ testBroker }', '@comprimemelo/testing/broker'),
            'tokens.test.js': line('{ testTokens }', '@comprimemelo/testing/tokens'),
            'origin.test.js': 'const origin = environment.TEST_ORIGIN;',
            'indirect.test.js': line('{ bench }', './fixtures/bench.js'),
            'nginx.test.js': line('{ nginxRig }', './rig.js'),
            fixtures: {
              'plain.js': line('{ sum }', './bench-free.js'),
              'bench.js': line('{ rig }', '../rig/deep.js'),
            },
            rig: {
              'deep.js': `${line('{ bench }', '../fixtures/bench.js')}
                ${line('{ testStorage }', '@comprimemelo/testing/storage')}`,
            },
          },
        },
      },
    },
  });
  const names = ['plain', 'broker', 'tokens', 'origin', 'indirect', 'nginx'];
  t.strictSame(unitTests(root, names.map(test)), [test('plain'), test('tokens')]);
  t.end();
});

t.test('what takes long is left out', async (t) => {
  const file = 'services/compressor/dist/test/operations/large-sizes.test.js';
  t.strictSame(unitTests('/nowhere', [file]), []);
});

t.test('its environment names no server: who reads one all the same fails', async (t) => {
  const env = { PATH: '/bin', TEST_ORIGIN: 'http://x', TEST_DATABASE_URL: 'mysql://x' };
  t.strictSame(environmentWithoutSystem(env), { PATH: '/bin' });
});
