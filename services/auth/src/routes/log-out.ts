import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses } from '@comprimemelo/service/http/openapi';
import Type from 'typebox';
import { LogOutBody } from '../accounts/credentials.js';
import { formEncodings } from '../accounts/form-bodies.js';
import type { AuthDependencies } from '../dependencies.js';

const schema = {
  operationId: 'logOut',
  tags: ['Accounts'],
  summary: 'Log out',
  description:
    'Ends the session: its refresh tokens are revoked at once, its access tokens within five seconds. With `everywhere` every session of the account ends. Sending an unknown token is not an error.',
  consumes: formEncodings,
  body: LogOutBody,
  response: {
    204: { ...Type.Null(), description: 'The tokens were revoked' },
    ...problemResponses('invalid-request'),
  },
};

export function logOut(app: App, { tokens }: AuthDependencies): void {
  app.post('/api/auth/logout', { schema }, async (request, reply) => {
    const { refresh_token, everywhere = false } = request.body;
    await tokens.revoke(refresh_token, { everywhere });
    return reply.code(204).send(null);
  });
}
