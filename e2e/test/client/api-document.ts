import { testedSystem } from '../config.js';

type Json = Record<string, unknown>;

interface MediaType {
  schema: Json;
  example?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Json;
}

export interface Operation {
  operationId: string;
  path: string;
  /** In upper case. */
  method: string;
  /** Whether an access token is wanted. */
  secured: boolean;
  parameters: Parameter[];
  /** By media type. */
  body: Record<string, MediaType>;
  responses: Record<string, { content?: Record<string, MediaType>; headers?: Json }>;
}

type RawOperation = Omit<Operation, 'path' | 'method' | 'body' | 'secured'> & {
  security: unknown[];
  requestBody?: { content: Record<string, MediaType> };
};

export interface ApiDocument {
  operations: Operation[];
  /** The document as it is. */
  raw: Json & { components: Record<string, Json> };
}

/** The document of the running system: what its clients see. */
export async function apiDocument(): Promise<ApiDocument> {
  const response = await fetch(`${testedSystem().origin}/openapi.json`);
  const raw = (await response.json()) as ApiDocument['raw'] & {
    paths: Record<string, Record<string, RawOperation>>;
  };
  const operations = Object.entries(raw.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      operationId: operation.operationId,
      path,
      method: method.toUpperCase(),
      parameters: operation.parameters ?? [],
      responses: operation.responses,
      secured: operation.security.length > 0,
      body: operation.requestBody?.content ?? {},
    })),
  );
  return { operations, raw };
}

/** A form of a body's example; what the document calls the bytes of a file becomes a file. */
function formOf(example: Json): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(example)) {
    for (const one of [value].flat()) {
      const text = typeof one === 'string' ? one : JSON.stringify(one);
      if (text.startsWith('(the bytes of')) form.append(name, new Blob([text]), 'report.pdf');
      else form.append(name, text);
    }
  }
  return form;
}

/** A request body of the operation's example: JSON where it takes that, else a form. */
export function exampleBody({ body }: Operation): RequestInit {
  const json = body['application/json'];
  if (json !== undefined) {
    const headers = { 'content-type': 'application/json' };
    return { headers, body: JSON.stringify(json.example) };
  }
  const form = body['multipart/form-data'];
  return form === undefined ? {} : { body: formOf(form.example as Json) };
}
