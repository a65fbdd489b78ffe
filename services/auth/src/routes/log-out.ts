import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses } from '@comprimemelo/service/http/openapi';
import Type from 'typebox';
import { RefreshTokenBody } from '../accounts/credentials.js';
import { formEncodings } from '../accounts/form-bodies.js';
import type { AuthDependencies } from '../dependencies.js';

const schema = {
  operationId: 'logOut',
  tags: ['Accounts'],
  summary: 'Log out',
  description:
    'Revokes every refresh token of this session. Sending an unknown token is not an error.',
  consumes: formEncodings,
  body: RefreshTokenBody,
  response: {
    204: { ...Type.Null(), description: 'The tokens were revoked' },
    ...problemResponses('invalid-request'),
  },
};

export function logOut(app: App, { tokens }: AuthDependencies): void {
  app.post('/api/auth/logout', { schema }, async (request, reply) => {
    await tokens.revoke(request.body.refresh_token);
    return reply.code(204).send(null);
  });
}
