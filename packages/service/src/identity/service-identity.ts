import jwt from '@fastify/jwt';
import { createSigner } from 'fast-jwt';
import type { App } from '../http/http-app.js';
import { bearerToken } from './bearer-token.js';
import { invalidToken, tokenProblem } from './token-problem.js';

/** Lifetime of a service token in seconds; it is renewed after half of that. */
const lifetime = 60;

export interface Identity {
  service: string;
  audience: string;
  /** The secret shared by this caller and this callee. */
  key: string;
}

/** Returns the Authorization header that identifies a service to another one. */
export function createServiceIdentity({ service, audience, key }: Identity): () => string {
  const sign = createSigner({
    key,
    algorithm: 'HS256',
    iss: service,
    aud: audience,
    expiresIn: lifetime * 1_000,
  });
  let header = '';
  let renewAt = 0;
  return () => {
    if (Date.now() >= renewAt) {
      header = `Bearer ${sign({})}`;
      renewAt = Date.now() + (lifetime / 2) * 1_000;
    }
    return header;
  };
}

/** Returns the caller that an Authorization header identifies; throws `unauthenticated` otherwise. */
export type IdentityVerifier<Caller> = (authorization: string | undefined) => Promise<Caller>;

const refused = 'The service identity is not valid.';

/** Creates the verifier of service identities for `app`: HS256 with the secret shared with the caller in `iss`. */
export async function createIdentityVerifier<Caller extends string>(
  app: App,
  options: {
    audience: string;
    /** The shared secret of each caller. */
    keys: Record<Caller, string>;
  },
): Promise<IdentityVerifier<Caller>> {
  const keys = new Map<unknown, string>(Object.entries(options.keys));
  await app.register(jwt, {
    secret: async ({ payload }: { payload: { iss?: unknown } }) => {
      const key = keys.get(payload.iss);
      if (key === undefined) throw invalidToken(refused);
      return key;
    },
    verify: {
      algorithms: ['HS256'],
      allowedIss: Object.keys(options.keys),
      allowedAud: options.audience,
      requiredClaims: ['iss', 'aud', 'exp'],
      maxAge: 2 * lifetime,
      cache: 100,
    },
  });
  return async (authorization) => {
    const token = bearerToken(authorization);
    try {
      // Returns a promise despite its type, because the secret is a function.
      return (await app.jwt.verify<{ iss: Caller }>(token)).iss;
    } catch (error) {
      throw tokenProblem(error, refused);
    }
  };
}
