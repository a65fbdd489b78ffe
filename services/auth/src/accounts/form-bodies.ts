import { limits } from '@comprimemelo/contracts/limits';
import type { App } from '@comprimemelo/service/http/http-app';
import { guardBody, guardedParts } from '@comprimemelo/uploads/body-guard';
import { fieldText } from '@comprimemelo/uploads/form-field';
import { multipartProblem } from '@comprimemelo/uploads/multipart-problem';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

type Fields = Record<string, unknown>;

const parserLimits = {
  files: 0,
  fields: limits.fields,
  parts: limits.fields + 1,
  fieldSize: limits.fieldBytes,
};

/** The fields of a multipart form; of several with one name, the last. */
async function readForm(request: FastifyRequest): Promise<Fields> {
  const fields: Fields = {};
  // What stands before, between and after the parts counts too, or a body could go on for ever.
  const guard = guardBody(request.raw, { maxBytes: limits.bodyBytes });
  let sawPart = false;
  try {
    for await (const part of guardedParts(request.parts(), guard)) {
      sawPart = true;
      if (part.type === 'field') fields[part.fieldname] = fieldText(part);
    }
    return fields;
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
      request.body = withoutEmpty(request.body as Fields);
    }
  });
}

const urlencoded = 'application/x-www-form-urlencoded';

/** The encodings that acceptForms takes, for the OpenAPI document. */
export const formEncodings = ['application/json', urlencoded, 'multipart/form-data'];
