import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default {
  comprimemelo: {
    input: { target: path('../../openapi.json') },
    output: {
      target: path('../../generated/orval/api.ts'),
      client: 'fetch',
      override: {
        // createTask takes a form and JSON: a function for each.
        splitByContentType: true,
        mutator: { path: path('./send.ts'), name: 'send', extension: '.js' },
      },
    },
  },
};
