import { createPublicKey, type JsonWebKey } from 'node:crypto';

interface PublishedKey extends JsonWebKey {
  kid: string;
}

/** The fewest milliseconds between two fetches: an unknown `kid` must not become a flood on auth. */
const pause = 10_000;

export interface JwksClient {
  /** The key `kid` as PEM; undefined where auth publishes none of that name. Throws when auth is away. */
  publicKey(kid: string): Promise<string | undefined>;
}

/** Auth's public keys, kept; fetched again for a `kid` that is not known, at most once in 10 s. */
export function createJwksClient(url: string): JwksClient {
  let keys = new Map<string, string>();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`JWKS answered ${response.status}`);
    const published = (await response.json()) as { keys: PublishedKey[] };
    keys = new Map(
      published.keys.map((key) => [
        key.kid,
        createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }) as string,
      ]),
    );
    fetchedAt = Date.now();
  }

  return {
    async publicKey(kid) {
      if (!keys.has(kid) && Date.now() - fetchedAt >= pause) {
        fetching ??= refresh().finally(() => {
          fetching = undefined;
        });
        await fetching;
      }
      return keys.get(kid);
    },
  };
}
