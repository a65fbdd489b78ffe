import type { Tree } from './walk.js';

/** The parts of an OpenAPI 3.1 document that this package reads. Source: OpenAPI Specification 3.1.1. */
export interface OpenApiDocument {
  openapi: string;
  info: {
    title: string;
    version: string;
    summary?: string;
    description?: string;
    license?: object;
    contact?: object;
  };
  servers?: { url: string; description?: string }[];
  tags?: { name: string; description?: string }[];
  paths: Record<string, PathItem>;
  /** What the service sends, by name. */
  webhooks?: Record<string, PathItem>;
  components: Record<string, Record<string, unknown>>;
}

export type PathItem = Record<string, Operation>;

export interface Operation {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Content; required?: boolean };
  responses: Record<string, Response>;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Tree;
}

/** By media type. */
export type Content = Record<string, MediaType>;

export interface MediaType {
  schema?: Tree;
  example?: unknown;
  examples?: Record<string, unknown>;
}

export interface Response {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Content;
}

/** The document with each operation changed. */
export const changeOperations = (
  document: OpenApiDocument,
  change: (operation: Operation) => Operation,
): OpenApiDocument => ({
  ...document,
  paths: Object.fromEntries(
    Object.entries(document.paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [method, change(operation)]),
      ),
    ]),
  ),
});

/** The media type of every problem that the API answers with (RFC 9457). */
export const problemMediaType = 'application/problem+json';
