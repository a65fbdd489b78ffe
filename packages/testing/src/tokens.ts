import { generateKeyPairSync } from 'node:crypto';
import { accessTokenAudience, accessTokenIssuer } from '@comprimemelo/contracts/account';
import type { KeyFinder } from '@comprimemelo/service/identity/access-token';
import { createSigner } from 'fast-jwt';

export interface TestTokens {
  /** The headers of a request by this user, with a token that lives for so many seconds: 600, if not said. */
  headersOf(userId: string, seconds?: number): { authorization: string };
  /** Finds the key that they are signed with. */
  findKey: KeyFinder;
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
  });
  const expiry = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
  return {
    headersOf: (userId, seconds = 600) => ({
      authorization: `Bearer ${sign({ sub: userId, exp: expiry(seconds) })}`,
    }),
    findKey: async (kid) => (kid === 'test' ? pem : undefined),
  };
}
