import t from 'tap';
import { hashPassword, passwordMatches } from '../src/passwords.js';

t.test('a password matches its own hash, byte for byte', async (t) => {
  const hash = await hashPassword('contraseña');
  t.ok(await passwordMatches(hash, 'contraseña'));
  t.notOk(await passwordMatches(hash, 'contrasena'));
  t.notOk(await passwordMatches(hash, 'contraseña'.normalize('NFD')));
  t.not(await hashPassword('contraseña'), hash, 'each hash has a salt of its own');
  t.notOk(await passwordMatches(undefined, 'no account has this password'));
});
