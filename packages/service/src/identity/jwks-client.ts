import { createPublicKey, type JsonWebKey } from 'node:crypto';

interface PublishedKey extends JsonWebKey {
  kid: string;
}

/** The fewest milliseconds between two fetches: an unknown `kid` must not become a flood on auth. */
const usualPause = 10_000;
/** The same while auth is away, and no token can be judged. */
const pauseWhenAway = 1_000;
/** Milliseconds after which a set is fetched again, so that a key that was taken back goes. */
const stale = 300_000;

export interface JwksClient {
  /** The key `kid` as PEM; undefined where auth publishes none of that name. Throws when auth is away. */
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
 * Auth's public keys, kept; fetched again in the background when they are stale, and for a `kid` that is not
 * known. One that is not in a set of the last 10 s is junk: auth publishes a key for longer than that before
 * it signs with it.
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
        // While auth is away the keys that are known go on serving.
        refreshed().catch(() => undefined);
      }
      return keys.get(kid);
    },
  };
}
