import { createSigner, createVerifier } from 'fast-jwt';
import { ProblemError } from '../http/problem-error.js';
import { bearerToken } from './authenticate.js';

/** Seconds that a service's token lives; it is renewed at half of that. */
const lifetime = 60;

export interface Identity {
  service: string;
  audience: string;
  /** The secret that this pair of caller and callee shares. */
  key: string;
}

/** Gives the Authorization header by which a service shows another who it is. */
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

/** Names the caller of an Authorization header; throws `unauthenticated` for anything else. */
export function createIdentityVerifier(options: {
  audience: string;
  /** The shared secret of each caller. */
  keys: Record<string, string>;
}): (authorization: string | undefined) => string {
  const verifiers = Object.entries(options.keys).map(([service, key]) => ({
    service,
    verify: createVerifier({
      key,
      algorithms: ['HS256'],
      allowedIss: service,
      allowedAud: options.audience,
      requiredClaims: ['iss', 'aud', 'exp'],
      maxAge: 2 * lifetime * 1_000,
      cache: 100,
    }),
  }));
  return (authorization) => {
    const token = bearerToken(authorization);
    for (const { service, verify } of verifiers) {
      try {
        verify(token);
        return service;
      } catch {
        // Another caller's key may fit.
      }
    }
    throw new ProblemError('unauthenticated', { detail: 'The service identity is not valid.' });
  };
}
