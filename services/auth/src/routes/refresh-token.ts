import { TokenSet } from '@comprimemelo/contracts/account';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref } from '@comprimemelo/service/http/openapi';
import { RefreshTokenBody } from '../accounts/credentials.js';
import { formEncodings } from '../accounts/form-bodies.js';
import type { AuthDependencies } from '../dependencies.js';

const schema = {
  operationId: 'refreshToken',
  tags: ['Accounts'],
  summary: 'Exchange a refresh token for new tokens',
  description:
    'A refresh token works once. Using it a second time revokes every refresh token of its session.',
  consumes: formEncodings,
  body: RefreshTokenBody,
  response: {
    200: { ...ref(TokenSet), description: 'A new access token and the next refresh token' },
    ...problemResponses('invalid-request', 'invalid-refresh-token'),
  },
};

export function refreshToken(app: App, { tokens }: AuthDependencies): void {
  app.post('/api/auth/refresh', { schema }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return tokens.rotate(request.body.refresh_token);
  });
}
