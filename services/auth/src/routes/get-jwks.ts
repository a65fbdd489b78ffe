import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses } from '@comprimemelo/service/http/openapi';
import Type from 'typebox';
import type { AuthDependencies } from '../dependencies.js';
import { publicKeys } from '../tokens/signing-keys.js';

const Jwk = Type.Object({
  kty: Type.String(),
  crv: Type.String(),
  x: Type.String(),
  kid: Type.String(),
  use: Type.String(),
  alg: Type.String(),
});

const schema = {
  operationId: 'getJwks',
  tags: ['Accounts'],
  summary: 'Get the public keys that verify access tokens',
  description: 'Returns a JSON Web Key Set (RFC 7517).',
  response: {
    200: { ...Type.Object({ keys: Type.Array(Jwk) }), description: 'The key set' },
    ...problemResponses('invalid-request'),
  },
};

export function getJwks(app: App, { db }: AuthDependencies): void {
  app.get('/.well-known/jwks.json', { schema }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=60');
    return { keys: (await publicKeys(db)) as { [k in keyof typeof Jwk.properties]: string }[] };
  });
}
