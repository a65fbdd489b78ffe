import type { App } from '@comprimemelo/service/http/http-app';
import { createIdentityVerifier } from '@comprimemelo/service/identity/service-identity';
import type { Caller } from './permissions.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The service whose identity the request carries. */
    caller: Caller;
  }
}

/** Requires a service identity for every route added to `app` from now on. It is checked before anything else. */
export async function requireIdentity(app: App, keys: Record<Caller, string>): Promise<void> {
  const verify = await createIdentityVerifier(app, { audience: 'storage', keys });
  app.decorateRequest('caller', 'compressor');
  app.addHook('onRequest', async (request) => {
    request.caller = await verify(request.headers.authorization);
  });
}
