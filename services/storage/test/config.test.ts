import { randomBytes } from 'node:crypto';
import { ConfigError } from '@comprimemelo/service/config';
import t from 'tap';
import { loadConfig } from '../src/config.js';

const secret = () => randomBytes(32).toString('base64url');
const [tasks, files, compressor] = [secret(), secret(), secret()];
const STORAGE_KEYS = `tasks=${tasks},files=${files},compressor=${compressor}`;
const env = { PORT: '0', BLOB_ROOT: '/var/lib/blobs', STORAGE_KEYS };

t.test('a key for each caller', async (t) => {
  const config = loadConfig({ ...env, MAX_BLOB_BYTES: '1000' });
  t.same(config.keys, { tasks, files, compressor });
  t.match(config, { BLOB_ROOT: '/var/lib/blobs', MAX_BLOB_BYTES: 1_000, HOST: '127.0.0.1' });
});

t.test('padded keys are read too', async (t) => {
  const padded = STORAGE_KEYS.replace(files, `${files}=`);
  t.equal(loadConfig({ ...env, STORAGE_KEYS: padded }).keys.files, `${files}=`);
});

const wrong: Record<string, Record<string, string | undefined>> = {
  BLOB_ROOT: { BLOB_ROOT: undefined },
  STORAGE_KEYS: { STORAGE_KEYS: `tasks=${tasks},files=${files}` },
  'STORAGE_KEYS ': { STORAGE_KEYS: `${STORAGE_KEYS},tasks=${tasks}` },
  'STORAGE_KEYS  ': { STORAGE_KEYS: STORAGE_KEYS.replace('files', 'auth') },
  'STORAGE_KEYS   ': { STORAGE_KEYS: 'tasks=short,files=short,compressor=short' },
  MAX_BLOB_BYTES: { MAX_BLOB_BYTES: '-1' },
};
for (const [name, change] of Object.entries(wrong)) {
  t.test(`a wrong ${name} is named, its value is not`, async (t) => {
    try {
      loadConfig({ ...env, ...change });
      t.fail('was taken');
    } catch (error) {
      t.ok(error instanceof ConfigError);
      t.match((error as Error).message, new RegExp(`^${name.trim()} `));
      t.notMatch((error as Error).message, tasks);
    }
  });
}
