import { type App, createHttpApp } from '@comprimemelo/service/http/http-app';
import { closeWithAnswers } from './close-with-answers.js';
import type { StorageOptions } from './dependencies.js';
import { checkDisk } from './disk-check.js';
import { createDiskStore } from './disk-store.js';
import { requireIdentity } from './require-identity.js';
import { deleteBlob } from './routes/delete-blob.js';
import { deleteBlobs } from './routes/delete-blobs.js';
import { getBlob } from './routes/get-blob.js';
import { listBlobs } from './routes/list-blobs.js';
import { putBlob } from './routes/put-blob.js';
import { putBlobs } from './routes/put-blobs.js';

/** Milliseconds without a byte in either direction after which a caller counts as dead. */
const silenceBound = 300_000;

/** The storage service: blobs over HTTP, for the services that hold a key. */
export async function buildApp(options: StorageOptions): Promise<App> {
  const { logger, layout, keys, maxBytes = Number.POSITIVE_INFINITY } = options;
  const store = createDiskStore(layout, maxBytes);
  const app = await createHttpApp({
    service: 'storage',
    logger,
    checks: { disk: () => checkDisk(layout) },
    requestTimeout: 0,
    // The router would cut the slash off a key, too.
    exactPaths: true,
  });
  app.server.setTimeout(silenceBound);
  closeWithAnswers(app);
  // Every body is passed to its route as a raw stream, whatever its type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  await app.register(async (blobs: App) => {
    await requireIdentity(blobs, keys);
    putBlob(blobs, store, maxBytes);
    putBlobs(blobs, store, maxBytes);
    getBlob(blobs, store);
    deleteBlob(blobs, store);
    deleteBlobs(blobs, store);
    listBlobs(blobs, store);
  });
  return app;
}
