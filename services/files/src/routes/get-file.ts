import { File } from '@comprimemelo/contracts/file';
import { IdParams } from '@comprimemelo/contracts/identifier';
import { toFile } from '@comprimemelo/prisma/lists/file-row';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/http/openapi';
import type { FilesDependencies } from '../dependencies.js';
import { ownedFile } from '../owned-file.js';

const schema = {
  operationId: 'getFile',
  tags: ['Files'],
  summary: "Get a file's metadata",
  description:
    'Returns the name, size, digest and kind of a file. Use `downloadFile` to get its content.',
  security: secured,
  params: IdParams,
  response: {
    200: { ...ref(File), description: 'The file' },
    ...problemResponses('invalid-request', 'unauthenticated', 'file-not-found'),
  },
};

export function getFile(app: App, { db }: FilesDependencies): void {
  app.get('/api/files/:id', { schema }, async (request) =>
    toFile(await ownedFile(db, request.userId, request.params.id)),
  );
}
