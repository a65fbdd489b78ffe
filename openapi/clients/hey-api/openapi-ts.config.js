import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default {
  input: path('../../openapi.json'),
  output: { path: path('../../generated/hey-api'), importFileExtension: '.js' },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
  logs: { file: false },
  parser: {
    patch: {
      operations: {
        // This generator makes one body of each operation, JSON where there is some: here the form is wanted.
        'POST /api/tasks': ({ requestBody }) => {
          delete requestBody.content['application/json'];
        },
      },
    },
  },
};
