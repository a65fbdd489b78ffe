import { Id } from '@comprimemelo/contracts/identifier';
import { limits } from '@comprimemelo/contracts/limits';
import { levels } from '@comprimemelo/contracts/states';
import { wrongMediaType } from '@comprimemelo/service/input/media-types';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { fileFields } from '@comprimemelo/uploads/file-fields';
import { receiveMultipart } from '@comprimemelo/uploads/receive-multipart';
import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { TasksDependencies } from '../dependencies.js';
import { readTaskForm } from './form-fields.js';
import type { TaskInputFile } from './inputs.js';
import { findInputs } from './inputs.js';
import { optionsAlone, RequestedPassword, requestedOptions } from './options-schema.js';
import type { RequestedTask } from './plan-task.js';
import { readTaskFields } from './task-fields.js';

export const requestedWork = {
  format: Type.Optional(Type.String({ maxLength: 40, examples: ['zip'] })),
  newFormat: Type.Optional(
    Type.String({ maxLength: 40, deprecated: true, description: 'The same as `format`' }),
  ),
  operation: Type.Optional(Type.String({ maxLength: 40, examples: ['compress'] })),
};

const JsonBody = Type.Object({
  files: Type.Array(Id, { maxItems: limits.files, description: 'Ids of uploaded files' }),
  ...requestedWork,
  ...optionsAlone,
  options: Type.Optional(Type.Unsafe<unknown>(requestedOptions)),
});

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
    ...requestedWork,
    options: {
      type: 'string',
      description: `A JSON object: ${requestedOptions.description}`,
      examples: ['{}'],
    },
    level: { type: 'string', enum: levels, examples: ['normal'] },
    name: { type: 'string', description: 'File name of the result', examples: ['result'] },
    // Empty is none. Without the example the reference page would fill in a word, and protect the result with it.
    password: { ...RequestedPassword, minLength: 0, examples: [''] },
  },
};

/** The two forms of createTask's body, for validation and for the document. */
export const taskBody = {
  content: {
    'multipart/form-data': { schema: formBody },
    'application/json': { schema: JsonBody },
  },
};

export interface ReceivedTask {
  /** Throws `invalid-request` where the fields cannot be read. */
  requested: () => RequestedTask;
  inputs: TaskInputFile[];
}

/** Reads a request to create a task. What a form uploads is in storage when this resolves. */
export async function receiveTask(
  request: FastifyRequest,
  { db, storage, maxUploadBytes }: TasksDependencies,
): Promise<ReceivedTask> {
  if (request.isMultipart()) {
    const form = await receiveMultipart(request, storage, { maxBytes: maxUploadBytes });
    const inputs = form.files.map((file) => ({ ...file, isNew: true }));
    return { requested: () => readTaskForm(form.fields), inputs };
  }
  if (request.body === undefined || request.body === null) {
    throw new ProblemError('unsupported-media-type', { detail: wrongMediaType(request) });
  }
  const { files, ...requested } = request.body as Static<typeof JsonBody>;
  return {
    requested: () => readTaskFields(requested),
    inputs: await findInputs(db, request.userId, files),
  };
}
