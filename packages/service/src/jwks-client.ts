import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';

interface PublishedKey extends JsonWebKey {
  kid: string;
}

/** The fewest milliseconds between two fetches: an unknown `kid` must not become a flood on auth. */
const pause = 1_000;
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
 * Auth's public keys, kept; fetched again in the background when they are stale, and for a `kid` that is
 * not known. Within the pause after a fetch nobody can say whether an unknown `kid` is junk or new: 401
 * would log people out, 503 would turn every junk token into an alarm. So all of them wait for the next
 * fetch, for a second at most, and share it.
 */
export function createJwksClient(url: string): JwksClient {
  let keys = new Map<string, string>();
  let askedAt = Number.NEGATIVE_INFINITY;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const wait = askedAt + pause - Date.now();
    if (wait > 0) await after(wait);
    askedAt = Date.now();
    keys = await fetchKeys(url);
    fetchedAt = askedAt;
  }

  function refreshed(): Promise<void> {
    fetching ??= refresh().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  return {
    async publicKey(kid) {
      if (!keys.has(kid)) await refreshed();
      // While auth is away the keys that are known go on serving.
      else if (Date.now() - fetchedAt >= stale) refreshed().catch(() => undefined);
      return keys.get(kid);
    },
  };
}
