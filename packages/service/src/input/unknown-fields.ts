import type { FieldError } from './explain-fault.js';
import { fieldName, listed, subjectOf } from './field-words.js';
import { nearest } from './nearest-name.js';
import { hasFields, pointerOf, type Schema } from './schema.js';

/** What an operation takes beside its path and headers. */
export interface Takes {
  body?: Schema;
  querystring?: Schema;
  /** Its bodies of other media types: what is within a field there is not to be found here. */
  otherBodies?: readonly Schema[];
}

type Part = 'body' | 'querystring';

interface Known {
  name: string;
  part: Part;
  /** The fields that it lies within. */
  parents: readonly string[];
}

/** Unknown fields that an answer names: there may be thousands. */
const shownFields = 5;

function* fieldsOf(schema: Schema, part: Part, parents: string[] = []): Generator<Known> {
  const properties = Object.entries(schema.properties ?? {});
  for (const [name, { deprecated }] of properties) {
    // Taken, but nobody is led to it.
    if (!deprecated) yield { name, part, parents };
  }
  for (const [name, inner] of properties) yield* fieldsOf(inner, part, [...parents, name]);
}

function* knownTo({ body = {}, querystring = {}, otherBodies = [] }: Takes): Generator<Known> {
  yield* fieldsOf(body, 'body');
  yield* fieldsOf(querystring, 'querystring');
  for (const other of otherBodies) {
    for (const field of fieldsOf(other, 'body')) if (field.parents.length > 0) yield field;
  }
}

const isSamePlace = (one: Known, other: Known) =>
  one.part === other.part && pointerOf(one.parents) === pointerOf(other.parents);

/** A known field, said so that it is found from where the unknown one stands. */
function wordsFor(known: Known, unknown: Known): string {
  const name = `\`${fieldName([...known.parents, known.name])}\``;
  if (isSamePlace(known, unknown) || known.parents.length > 0) return name;
  if (known.part === 'querystring') return `the query parameter ${name}`;
  return unknown.part === 'querystring'
    ? `the field ${name} of the body`
    : `the field ${name} at the top of the body`;
}

function hint(unknown: Known, all: readonly Known[]): string {
  const here = all.filter((one) => isSamePlace(one, unknown));
  // A name that is as near elsewhere stands behind those of this place.
  const elsewhere = all.filter((one) => !here.includes(one));
  const near = nearest(unknown.name, [...here, ...elsewhere]);
  if (near !== undefined) return `; did you mean ${wordsFor(near, unknown)}?`;
  if (here.length === 0) return '; it takes none.';
  return `; it takes ${listed(here.map(({ name }) => name))}.`;
}

function kindOf({ part, parents }: Known): string {
  if (parents.length > 0) return `a field of \`${fieldName(parents)}\``;
  return part === 'body' ? 'a field of this operation' : 'a query parameter of this operation';
}

function* unknownIn(
  schema: Schema,
  value: unknown,
  part: Part,
  parents: string[] = [],
): Generator<Known> {
  const { properties, additionalProperties } = schema;
  if (!hasFields(value) || properties === undefined) return;
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(properties, name)) continue;
    if (additionalProperties === false) yield { name, part, parents };
  }
  for (const [name, inner] of Object.entries(properties)) {
    if (Object.hasOwn(value, name)) {
      yield* unknownIn(inner, value[name], part, [...parents, name]);
    }
  }
}

function* firstOf<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let left = count;
  for (const item of items) {
    yield item;
    left -= 1;
    if (left === 0) return;
  }
}

/**
 * The fields of one part of a request that its operation does not know, each with the nearest that it does.
 * Their values are never shown: one may be a password under a misspelt name.
 */
export function unknownFields(value: unknown, part: Part, takes: Takes): FieldError[] {
  const schema = takes[part];
  if (schema === undefined) return [];
  const found = [...firstOf(unknownIn(schema, value, part), shownFields)];
  if (found.length === 0) return [];
  const all = [...knownTo(takes)];
  return found.map((unknown) => {
    const steps = [...unknown.parents, unknown.name];
    const detail = `${subjectOf(steps)} is not ${kindOf(unknown)}${hint(unknown, all)}`;
    return { pointer: pointerOf(steps.map((step) => step.slice(0, 100))), detail };
  });
}
