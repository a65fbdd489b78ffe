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
            description: 'What each dependency answered, by name',
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
        summary: 'Whether requests can be served',
        description: 'Asks what the service depends on. Needs no access token.',
        security: [],
        responses: {
          200: answer(
            'Ready; `degraded` while something is away that can wait',
            'ready',
            'degraded',
          ),
          503: answer('Not ready now; `Retry-After` says when to ask again', 'unready'),
        },
      },
    },
  },
  components: {},
};
