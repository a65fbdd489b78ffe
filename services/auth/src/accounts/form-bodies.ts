import { limits } from '@comprimemelo/contracts/limits';
import type { App } from '@comprimemelo/service/http/http-app';
import { refuseUnknown } from '@comprimemelo/service/input/takes';
import { guardBody, guardedParts } from '@comprimemelo/uploads/body-guard';
import { FormFields } from '@comprimemelo/uploads/form-fields';
import { multipartProblem } from '@comprimemelo/uploads/multipart-problem';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

type Fields = Record<string, unknown>;

const parserLimits = {
  // The first is refused by its name.
  files: 1,
  fields: limits.fields,
  parts: limits.fields + 2,
  fieldSize: limits.fieldBytes,
};

/** The fields of a multipart form. */
async function readForm(request: FastifyRequest): Promise<Fields> {
  const fields = new FormFields(request);
  // Bytes before, between and after the parts count too; otherwise a body could be endless.
  const guard = guardBody(request.raw, { maxBytes: limits.bodyBytes });
  let sawPart = false;
  try {
    for await (const part of guardedParts(request.parts(), guard)) {
      sawPart = true;
      fields.refuseUnknown(part);
      fields.keep(part);
    }
    return fields.values;
  } catch (error) {
    throw multipartProblem(error, sawPart);
  } finally {
    guard.close();
  }
}

/** Forms send empty fields as empty strings. */
const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** Accepts JSON, urlencoded and multipart bodies. Handlers get the same object for all of them. */
export async function acceptForms(app: App): Promise<void> {
  await app.register(formbody, { bodyLimit: limits.fieldBytes });
  await app.register(multipart, { limits: parserLimits });
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = withoutEmpty(await readForm(request));
    else if (request.headers['content-type']?.startsWith(urlencoded)) {
      // Before what is empty is left out, or an unknown field could be.
      refuseUnknown(request, urlencoded);
      request.body = withoutEmpty(request.body as Fields);
    }
  });
}

const urlencoded = 'application/x-www-form-urlencoded';

/** The encodings that acceptForms supports, for the OpenAPI document. */
export const formEncodings = ['application/json', urlencoded, 'multipart/form-data'];
