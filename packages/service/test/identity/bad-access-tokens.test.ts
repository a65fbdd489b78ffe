import { generateKeyPairSync } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { accessApp } from './access-app.js';
import { tokenMaker } from './token-maker.js';

const one = tokenMaker('one');
const { header, claims, signed } = one;
const now = Math.floor(Date.now() / 1_000);
/** For an hour: the files that share a process are all loaded before the first test runs. */
const good = signed(header, { ...claims(), exp: now + 3_600 });
const [head = '', payload = '', signature = ''] = good.split('.');
const derOf = (pem: string) => pem.replace(/-----[A-Z ]+-----|\n/g, '');
const { kid: _, ...nameless } = header;
const { sub: __, ...ownerless } = claims();
const { exp: ___, ...endless } = claims();

const bad: Record<string, string> = {
  'another type': signed({ ...header, typ: 'JWT' }),
  'no type': signed({ ...header, typ: undefined }),
  'a type that is no string': signed({ ...header, typ: 1 }),
  'alg none, no signature': `${one.parts({ ...header, alg: 'none' }, claims())}.`,
  'alg none, signed': signed({ ...header, alg: 'none' }),
  'no signature': `${head}.${payload}.`,
  'HS256 with the public key in PEM': one.authenticated({ ...header, alg: 'HS256' }, one.pem),
  'HS256 with its Base64': one.authenticated({ ...header, alg: 'HS256' }, derOf(one.pem)),
  'an algorithm of the wrong kind': signed({ ...header, alg: 'RS256' }),
  'an algorithm that there is not': signed({ ...header, alg: 'toString' }),
  'nbf in the future': signed(header, { ...claims(), nbf: now + 600 }),
  'nbf that is no number': signed(header, { ...claims(), nbf: 'later' }),
  expired: signed(header, { ...claims(), iat: now - 120, exp: now - 60 }),
  'exp that is no number': signed(header, { ...claims(), exp: 'never' }),
  'no exp': signed(header, endless),
  'no sub': signed(header, ownerless),
  'another issuer': signed(header, { ...claims(), iss: 'someone' }),
  'an issuer that is no string': signed(header, { ...claims(), iss: 1 }),
  'another audience': signed(header, { ...claims(), aud: 'storage' }),
  'other audiences': signed(header, { ...claims(), aud: ['storage', 'files'] }),
  'an audience that is a number': signed(header, { ...claims(), aud: 1 }),
  'an audience that is an object': signed(header, { ...claims(), aud: {} }),
  'audiences that are no strings': signed(header, { ...claims(), aud: ['comprimemelo-api', 1] }),
  'crit of an extension': signed({ ...header, crit: ['b64'], b64: false }),
  'crit that is no array': signed({ ...header, crit: 'b64' }),
  'crit that is empty': signed({ ...header, crit: [] }),
  'an unknown kid': signed({ ...header, kid: 'two' }),
  'a kid of every object': signed({ ...header, kid: '__proto__' }),
  'a kid that is no string': signed({ ...header, kid: ['one'] }),
  'no kid': signed(nameless),
  'the kid of another key': tokenMaker('one').signed(),
  'a kid whose key is of another kind': signed({ ...header, kid: 'rsa' }),
  'a kid whose key cannot be read': signed({ ...header, kid: 'broken' }),
  'a truncated signature': good.slice(0, -10),
  'a truncated payload': `${head}.${payload.slice(0, -5)}.${signature}`,
  'a changed payload': `${head}.${one.parts({}, claims('eve')).split('.')[1]}.${signature}`,
  'two parts': `${head}.${payload}`,
  'four parts': `${good}.${signature}`,
  'no token': 'abc',
  'dots alone': '...',
  'a payload that is no object': signed(header, 'ada'),
  'a payload that is null': signed(header, null),
  'a header that is null': `bnVsbA.${payload}.${signature}`,
  'padded parts': `${head}=.${payload}.${signature}`,
};

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const keys = new Map([
  ['one', one.pem],
  ['rsa', rsa.export({ type: 'spki', format: 'pem' }) as string],
  ['broken', 'no PEM'],
]);

const protectedApp = (t: Test) => accessApp(t, async (kid) => keys.get(kid));

t.test('a bad token is 401, whatever is wrong with it', async (t) => {
  const { ask } = await protectedApp(t);
  for (const [what, token] of Object.entries(bad)) {
    // Twice: what is kept answers no better.
    for (const scheme of ['Bearer', 'bearer']) {
      const answer = await ask(`${scheme} ${token}`);
      t.match(answer.json(), { status: 401, type: '/problems/unauthenticated' }, what);
      t.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"', what);
    }
  }
});

t.test('no token is 401, and the challenge names no error (RFC 6750, section 3.1)', async (t) => {
  const { ask } = await protectedApp(t);
  for (const authorization of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    good,
    `Token ${good}`,
    `Bearer ${good} ${good}`,
    `Bearer ${good}, Bearer ${good}`,
    'Bearer ä',
  ]) {
    const answer = await ask(authorization);
    t.match(
      answer.json(),
      { status: 401, type: '/problems/unauthenticated' },
      String(authorization),
    );
    t.equal(answer.headers['www-authenticate'], 'Bearer', String(authorization));
  }
});

t.test('a good token is taken, however its scheme is written', async (t) => {
  const { ask } = await protectedApp(t);
  for (const authorization of [`Bearer ${good}`, `bearer ${good}`, `BEARER  ${good}`]) {
    const answer = await ask(authorization);
    t.equal(answer.statusCode, 200);
    t.equal(answer.body, 'ada');
  }
  const typed = signed({ ...header, typ: 'application/AT+JWT' });
  t.equal((await ask(`Bearer ${typed}`)).statusCode, 200, 'RFC 9068, section 4');
  const several = signed(header, { ...claims(), aud: ['storage', 'comprimemelo-api'] });
  t.equal((await ask(`Bearer ${several}`)).statusCode, 200);
});

t.test('of two Authorization headers the first is checked, and no other', async (t) => {
  const { app } = await protectedApp(t);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const statusOf = async (...tokens: string[]) => {
    const headers = ['Host', '127.0.0.1'];
    for (const token of tokens) headers.push('Authorization', `Bearer ${token}`);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`http://127.0.0.1:${port}/`, { headers }, resolve).on('error', reject).end();
    });
    await text(answer);
    return answer.statusCode;
  };
  t.equal(await statusOf(signed(nameless), good), 401);
  t.equal(await statusOf('abc', good), 401);
  t.equal(await statusOf(good, 'abc'), 200);
});
