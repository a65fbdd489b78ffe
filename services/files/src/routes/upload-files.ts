import { File } from '@comprimemelo/contracts/file';
import { accountExists } from '@comprimemelo/prisma/client/account-exists';
import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses, ref, secured } from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import { fileFields } from '@comprimemelo/uploads/file-fields';
import { receiveMultipart } from '@comprimemelo/uploads/receive-multipart';
import type { ReceivedFile } from '@comprimemelo/uploads/received-form';
import Type from 'typebox';
import type { FilesDependencies } from '../dependencies.js';

const binary = { type: 'string', format: 'binary' };

// Streamed, and so checked part by part as it arrives: without a `type` the validator lets a stream pass.
const formBody = {
  properties: {
    ...fileFields,
    file: {
      type: 'array',
      items: binary,
      description: 'One part per file; its file name may be a relative path',
    },
    fileName: { type: 'array', items: binary, deprecated: true, description: 'The same as `file`' },
  },
};

const schema = {
  operationId: 'uploadFiles',
  tags: ['Files'],
  summary: 'Upload files',
  description:
    'Send one or more form parts named `file`. The file name of a part may be a relative path, as browsers send it for ' +
    'a folder, and `modified` or a part header `Last-Modified` gives the time of its content. When the response arrives, every file in it is hashed and safely stored.',
  security: secured,
  body: { content: { 'multipart/form-data': { schema: formBody } } },
  response: {
    201: { ...Type.Object({ items: Type.Array(ref(File)) }), description: 'The new files' },
    ...problemResponses(
      'invalid-request',
      'malformed-multipart',
      'upload-truncated',
      'unauthenticated',
      'upload-too-large',
      'unsupported-media-type',
      'no-file',
      'too-many-files',
      'unusable-name',
      'unavailable',
      'insufficient-storage',
    ),
  },
};

const toRow = (file: ReceivedFile, ownerId: string, createdAt: Date) => ({
  id: toBytes(file.id),
  ownerId: toBytes(ownerId),
  kind: 'upload' as const,
  name: file.name,
  path: file.path,
  modifiedAt: file.modified,
  size: BigInt(file.size),
  mediaType: file.mediaType,
  sha256: new Uint8Array(Buffer.from(file.sha256, 'hex')),
  blobKey: file.blobKey,
  createdAt,
});

const shown = (file: ReceivedFile, createdAt: Date): File => ({
  id: file.id,
  kind: 'upload',
  name: file.name,
  path: file.path,
  modified: file.modified?.toISOString() ?? null,
  size: file.size,
  mediaType: file.mediaType,
  sha256: file.sha256,
  createdAt: createdAt.toISOString(),
  expiresAt: null,
});

export function uploadFiles(app: App, { db, storage, maxUploadBytes }: FilesDependencies): void {
  app.post('/api/files', { schema }, async (request, reply) => {
    const { files } = await receiveMultipart(request, storage, { maxBytes: maxUploadBytes });
    if (files.length === 0) throw new ProblemError('no-file');
    if (!(await accountExists(db.pool, request.userId))) {
      await deleteBlobs(
        storage,
        files.map(({ blobKey }) => blobKey),
      );
      throw new ProblemError('unauthenticated', {
        detail: 'The account was deleted. Log in with another account, or sign up.',
      });
    }
    const createdAt = new Date();
    // If this fails, the commit may still have succeeded, so the blobs are left to the reconciler.
    await db.prisma.file.createMany({
      data: files.map((file) => toRow(file, request.userId, createdAt)),
    });
    const items = files.map((file) => shown(file, createdAt));
    return reply.code(201).send({ items });
  });
}
