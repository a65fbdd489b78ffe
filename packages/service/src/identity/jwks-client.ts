import { createPublicKey, type JsonWebKey } from 'node:crypto';

interface PublishedKey extends JsonWebKey {
  kid: string;
}

/** Minimum milliseconds between two fetches, so that unknown `kid` values cannot flood auth. */
const usualPause = 10_000;
/** The same while auth is down and no token can be verified. */
const pauseWhenAway = 1_000;
/** Milliseconds after which the key set is fetched again, to drop revoked keys. */
const stale = 300_000;

export interface JwksClient {
  /** The key `kid` as PEM; undefined if auth does not publish it. Throws if auth is down. */
  publicKey(kid: string): Promise<string | undefined>;
}

async function fetchKeys(url: string): Promise<Map<string, string>> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`JWKS answered ${response.status}`);
  const { keys } = (await response.json()) as { keys: PublishedKey[] };
  const pem = (key: PublishedKey) =>
    createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }) as string;
  return new Map(keys.map((key) => [key.kid, pem(key)]));
}

/**
 * Caches the public keys of auth. Refreshes them in the background when they are stale, and for an unknown `kid`. A
 * `kid` that is missing from a set less than 10 s old is invalid, because auth publishes a key for longer than that
 * before it signs with it.
 */
export function createJwksClient(
  url: string,
  { pause = usualPause }: { pause?: number } = {},
): JwksClient {
  let keys = new Map<string, string>();
  let requestedAt = Number.NEGATIVE_INFINITY;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let fetching: Promise<void> | undefined;

  async function fetchSet(): Promise<void> {
    requestedAt = Date.now();
    try {
      keys = await fetchKeys(url);
      fetchedAt = requestedAt;
      failure = undefined;
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  function refreshed(): Promise<void> {
    fetching ??= fetchSet().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  const isSoon = () =>
    Date.now() - requestedAt < (failure === undefined ? pause : pauseWhenAway) && !fetching;

  return {
    async publicKey(kid) {
      if (!keys.has(kid)) {
        if (!isSoon()) await refreshed();
        else if (failure !== undefined) throw failure;
      } else if (Date.now() - fetchedAt >= stale && !isSoon()) {
        // While auth is down, the cached keys stay in use.
        refreshed().catch(() => undefined);
      }
      return keys.get(kid);
    },
  };
}
