import type { OpenApiDocument } from '../model/document.js';

/** The document as it is committed: two spaces, a newline at the end. */
export const serialize = (document: OpenApiDocument): string =>
  `${JSON.stringify(document, null, 2)}\n`;
