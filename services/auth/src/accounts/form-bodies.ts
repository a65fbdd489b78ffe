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
  // What stands before, between and after the parts counts too, or a body could go on for ever.
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

/** A form sends what was left empty as an empty text. */
const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** Bodies may come as JSON, urlencoded or as a multipart form: the handlers see the same object. */
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

/** The encodings that acceptForms takes, for the OpenAPI document. */
export const formEncodings = ['application/json', urlencoded, 'multipart/form-data'];
