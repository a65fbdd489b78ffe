import type { Part } from './merge.js';

const answer = (description: string, ...statuses: string[]) => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['status', 'checks'],
        properties: {
          status: { type: 'string', enum: statuses },
          checks: {
            type: 'object',
            description: 'The state of each dependency, by name',
            additionalProperties: { type: 'string' },
          },
        },
      },
    },
  },
});

/** GET /readyz at the origin: every service hides its own, and the proxy shows one of them. */
export const readinessPart: Part = {
  paths: {
    '/readyz': {
      get: {
        operationId: 'getReadiness',
        tags: ['Service'],
        summary: 'Check whether the service is ready',
        description: 'Checks every dependency of the service. No access token is needed.',
        security: [],
        responses: {
          200: answer(
            'Ready; `degraded` if a dependency is down that the service can do without for now',
            'ready',
            'degraded',
          ),
          503: answer('Not ready; `Retry-After` says when to try again', 'unready'),
        },
      },
    },
  },
  components: {},
};
