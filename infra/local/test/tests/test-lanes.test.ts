import t from 'tap';
import { environmentWithoutSystem } from '../../src/tests/test-environment.js';
import { unitTests } from '../../src/tests/test-lanes.js';

const test = (name: string) => `services/a/dist/test/${name}.test.js`;

t.test('what asks for a server by itself or by a fixture is left out', (t) => {
  const root = t.testdir({
    services: {
      a: {
        dist: {
          test: {
            'plain.test.js': "import t from 'tap';\nimport { sum } from './fixtures/plain.js';",
            'broker.test.js': "import { testBroker } from '@comprimemelo/testing/broker';",
            'tokens.test.js': "import { testTokens } from '@comprimemelo/testing/tokens';",
            'origin.test.js': 'const origin = process.env.TEST_ORIGIN;',
            'indirect.test.js': "import { bench } from './fixtures/bench.js';",
            'nginx.test.js': "import { nginxRig } from './rig.js';",
            fixtures: {
              'plain.js': "export { sum } from './bench-free.js';",
              'bench.js': "import { rig } from '../rig/deep.js';",
            },
            rig: {
              'deep.js':
                "import '../fixtures/bench.js';\nimport { testStorage } from '@comprimemelo/testing/storage';",
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
