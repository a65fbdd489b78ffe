import { createHmac, generateKeyPairSync, sign } from 'node:crypto';

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1_000);

/** Makes access tokens by hand, so that each part of one can be wrong. */
export function tokenMaker(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const header = { alg: 'EdDSA', typ: 'at+jwt', kid };
  const claims = (sub = 'ada') => ({
    ...{ sub, iss: 'comprimemelo', aud: 'comprimemelo-api' },
    ...{ iat: seconds(), exp: seconds() + 60 },
  });
  const parts = (changedHeader: object, changedClaims: unknown) =>
    `${encoded(changedHeader)}.${encoded(changedClaims)}`;
  return {
    ...{ kid, pem, header, claims, parts },
    jwk: { ...publicKey.export({ format: 'jwk' }), kid },
    /** A token of this header and these claims, rightly signed. */
    signed: (changedHeader: object = header, changedClaims: unknown = claims()) => {
      const input = parts(changedHeader, changedClaims);
      return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
    },
    /** The same, with a MAC made with `secret`. */
    authenticated: (changedHeader: object, secret: string) => {
      const input = parts(changedHeader, claims());
      return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
    },
  };
}
