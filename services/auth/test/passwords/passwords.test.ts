import t from 'tap';
import { createPasswords } from '../../src/passwords/passwords.js';

t.test('a password matches its own hash, byte for byte', async (t) => {
  const { hash, matches } = await createPasswords();
  const stored = await hash('contraseña');
  t.ok(await matches(stored, 'contraseña'));
  t.notOk(await matches(stored, 'contrasena'));
  t.notOk(await matches(stored, 'contraseña'.normalize('NFD')));
  t.notOk(await matches(stored, 'contraseña '));
  t.not(await hash('contraseña'), stored, 'each hash has a salt of its own');
  t.notOk(await matches(undefined, 'no account has this password'));
});
