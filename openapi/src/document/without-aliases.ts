import type { OpenApiDocument } from '../model/document.js';
import { isTree, mapValues, type Tree } from '../model/walk.js';

const isAlias = (schema: unknown): boolean => isTree(schema) && schema.deprecated === true;

const fieldsOf = (properties: Tree): Tree =>
  Object.fromEntries(Object.entries(properties).filter(([, schema]) => !isAlias(schema)));

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (!isTree(value)) return value;
  const { properties } = value;
  const kept = isTree(properties) ? { ...value, properties: fieldsOf(properties) } : value;
  return mapValues(kept, strip);
}

/**
 * The document without the other names of fields, which are marked as deprecated where they are taken: a client that
 * sends an example of every field, as Swagger UI does, would send one field under two names.
 */
export const withoutAliases = (document: OpenApiDocument): OpenApiDocument =>
  strip(document) as OpenApiDocument;
