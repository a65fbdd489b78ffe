import { isTree, mapValues, type Tree } from '../model/walk.js';

/** Under these keys stand names with a schema each: the names are no keywords. */
const namedSchemas = new Set(['properties', 'patternProperties', 'schemas', '$defs']);

function typeOf(schema: Tree): { type?: string } {
  if ('type' in schema) return {};
  if (isTree(schema.properties)) return { type: 'object' };
  const { enum: values } = schema;
  const named = Array.isArray(values) && values.every((value) => typeof value === 'string');
  return named ? { type: 'string' } : {};
}

/**
 * The same document part, with a `type` on every schema that has properties or lists strings. Route schemas
 * may do without; the reference page shows a form's fields, and its choice of files, only where it is said.
 */
export function withTypes<Part>(part: Part): Part {
  const typed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(typed);
    if (!isTree(value)) return value;
    const inner = Object.entries(value).map(([name, child]) => [
      name,
      namedSchemas.has(name) && isTree(child) ? mapValues(child, typed) : typed(child),
    ]);
    return { ...typeOf(value), ...Object.fromEntries(inner) };
  };
  return typed(part) as Part;
}
