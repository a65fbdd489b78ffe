#!/usr/bin/env bash
# @fastify/jwt's token cache is never used if the key comes as a Buffer, or with any option for jwtVerify().
#
# One would guess: with `verify: { cache: true }` a token is verified once and then found in the cache, whatever form its
# key has.
# Versions: @fastify/jwt 10.2.8, fast-jwt 6.3.6, fastify 5.12.8, Node 20.
# Instead: this holds only for a `secret` function that gives the key as a string, and for jwtVerify() without options.
# Else each request verifies the signature again; nothing is said, and the answers are the same.
#
# Seen on 2026-11-30:
#   string: 10 requests with 200, 1 verification(s)
#   Buffer: 10 requests with 200, 10 verification(s)
#   string, options: 10 requests with 200, 10 verification(s)
#
# Exit code: 0 while this is so, 1 once it changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @fastify/jwt@10.2.8 fast-jwt@6.3.6 fastify@5.12.8

cat >try.cjs <<'END'
const crypto = require('node:crypto');
// Counts before fast-jwt takes hold of the function.
let verifications = 0;
const { verify } = crypto;
crypto.verify = (...rest) => {
  verifications += 1;
  return verify(...rest);
};
const { createSigner } = require('fast-jwt');
const { privateKey, publicKey } = crypto.generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' });
const sign = createSigner({ algorithm: 'EdDSA', key: privateKey.export({ type: 'pkcs8', format: 'pem' }) });
const headers = { authorization: `Bearer ${sign({ exp: Math.floor(Date.now() / 1000) + 600 })}` };
async function count(what, key, ...options) {
  const app = require('fastify')();
  app.register(require('@fastify/jwt'), {
    secret: async () => key,
    decode: { complete: true },
    verify: { algorithms: ['EdDSA'], cache: true },
  });
  app.get('/', async (request) => request.jwtVerify(...options));
  verifications = 0;
  let passed = 0;
  for (let index = 0; index < 10; index += 1) passed += (await app.inject({ url: '/', headers })).statusCode === 200;
  console.log(`${what}: ${passed} requests with 200, ${verifications} verification(s)`);
}
(async () => {
  await count('string', pem);
  await count('Buffer', Buffer.from(pem));
  await count('string, options', pem, { maxAge: 600_000 });
})();
END
node try.cjs | tee seen
grep -qx 'string: 10 requests with 200, 1 verification(s)' seen
[ "$(grep -c ': 10 requests with 200, 10 verification(s)' seen)" = 2 ]
