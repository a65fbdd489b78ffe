import { generateKeyPairSync } from 'node:crypto';
import { accessTokenAudience, accessTokenIssuer } from '@comprimemelo/contracts/account';
import { createSigner } from 'fast-jwt';
import { type AccessTokenVerifier, createAccessTokenVerifier } from './access-token.js';

export interface TestTokens {
  /** The headers of a request by this user. */
  headersOf(userId: string): { authorization: string };
  verify: AccessTokenVerifier;
}

/** Access tokens as auth makes them, under a key of the test's own. */
export function testTokens(): TestTokens {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const sign = createSigner({
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    algorithm: 'EdDSA',
    kid: 'test',
    header: { alg: 'EdDSA', typ: 'at+jwt' },
    iss: accessTokenIssuer,
    aud: accessTokenAudience,
    expiresIn: 600_000,
  });
  return {
    headersOf: (userId) => ({ authorization: `Bearer ${sign({ sub: userId })}` }),
    verify: createAccessTokenVerifier(async (kid) => (kid === 'test' ? pem : undefined)),
  };
}
