/** The parts of an OpenAPI 3.1 document that this package reads. Source: OpenAPI Specification 3.1.1. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string; license?: object };
  servers?: { url: string; description?: string }[];
  tags?: { name: string; description?: string }[];
  paths: Record<string, PathItem>;
  components: Record<string, Record<string, unknown>>;
}

export type PathItem = Record<string, Operation>;

export interface Operation {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { description?: string; content?: Record<string, unknown> }>;
}

/** The media type of every problem that the API answers with (RFC 9457). */
export const problemMediaType = 'application/problem+json';
