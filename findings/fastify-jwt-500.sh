#!/usr/bin/env bash
# @fastify/jwt answers 500, not 401, to some tokens that it refuses.
#
# One would guess: request.jwtVerify() fails with a status of 401 for every token that is not accepted, as it does for
# an expired one, or one for another audience.
# Versions: @fastify/jwt 10.2.8, fast-jwt 6.3.6, fastify 5.12.8, Node 20 and 24.
# Instead: only some of fast-jwt's codes are mapped. A wrong `typ`, an `nbf` in the future, an `aud` of another type and
# an algorithm that is not allowed keep their own error, which has no status: Fastify answers 500.
#
# Seen on 2026-11-30:
#   good 200, expired 401, other audience 401, wrong typ 500, nbf ahead 500, numeric aud 500, other algorithm 500
#
# Exit code: 0 while this is so, 1 once one of them has another status.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @fastify/jwt@10.2.8 fast-jwt@6.3.6 fastify@5.12.8

cat >try.cjs <<'END'
const { createSigner } = require('fast-jwt');
const secret = 'a secret that two services share, long enough';
const now = Math.floor(Date.now() / 1000);
const token = (claims = {}, { typ = 'at+jwt', algorithm = 'HS256' } = {}) =>
  createSigner({ key: secret, algorithm, header: { alg: algorithm, typ } })({ aud: 'api', exp: now + 60, ...claims });
const tokens = {
  good: token(),
  expired: token({ iat: now - 90, exp: now - 60 }),
  'other audience': token({ aud: 'other' }),
  'wrong typ': token({}, { typ: 'JWT' }),
  'nbf ahead': token({ nbf: now + 60 }),
  'numeric aud': token({ aud: 1 }),
  'other algorithm': token({}, { algorithm: 'HS512' }),
};
const app = require('fastify')();
app.register(require('@fastify/jwt'), { secret, verify: { algorithms: ['HS256'], checkTyp: 'at+jwt', allowedAud: 'api' } });
app.get('/', async (request) => request.jwtVerify());
(async () => {
  const seen = [];
  for (const [what, value] of Object.entries(tokens)) {
    const answer = await app.inject({ url: '/', headers: { authorization: `Bearer ${value}` } });
    seen.push(`${what} ${answer.statusCode}`);
  }
  console.log(seen.join(', '));
})();
END
node try.cjs | tee seen
[ "$(cat seen)" = "good 200, expired 401, other audience 401, wrong typ 500, nbf ahead 500, numeric aud 500, \
other algorithm 500" ]
