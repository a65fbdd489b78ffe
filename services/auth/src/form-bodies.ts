import { limits } from '@comprimemelo/contracts/limits';
import type { App } from '@comprimemelo/service/http-app';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';

/** Bodies may come as JSON, urlencoded or as a multipart form: the handlers see the same object. */
export async function acceptForms(app: App): Promise<void> {
  await app.register(formbody, { bodyLimit: limits.fieldBytes });
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { files: 0, fields: limits.fields, parts: limits.fields, fieldSize: limits.fieldBytes },
  });
}

/** The encodings that acceptForms takes, for the OpenAPI document. */
export const formEncodings = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
];
