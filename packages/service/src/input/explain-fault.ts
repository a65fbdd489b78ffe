import type { ProblemOptions } from '../problem/problem-error.js';
import { type InputPart, isSecret, shownValue, subjectOf } from './field-words.js';
import { pointerOf, type Schema, schemaAt, stepsOf, valueAt } from './schema.js';

/** What Ajv and TypeBox say of a value that does not fit its schema. */
export interface Fault {
  keyword: string;
  instancePath: string;
  params: object;
}

export interface FaultyInput {
  /** Of the whole part. */
  schema: Schema;
  value: unknown;
  part?: InputPart;
  /** Of the route: `/api/tasks/:id` says whose id it is. */
  url?: string;
}

export type FieldError = NonNullable<ProblemOptions['errors']>[number];

interface Faulty {
  schema: Schema;
  value: unknown;
  /** What an id is the id of. */
  noun: string;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

const types: Record<string, string> = {
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  number: 'a number',
  null: 'null',
};

function range({ type, minimum, maximum }: Schema): string {
  const number = type === 'integer' ? 'a whole number' : 'a number';
  if (minimum !== undefined && maximum !== undefined) {
    return `${number} from ${minimum} to ${maximum}`;
  }
  if (minimum !== undefined) return `${number}, at least ${minimum}`;
  return maximum === undefined ? number : `${number}, at most ${maximum}`;
}

function typeRule({ schema, value }: Faulty): string {
  const wanted = [schema.type ?? []].flat();
  if (Array.isArray(value) && !wanted.includes('array') && !wanted.includes('object')) {
    return `must have one value; got ${value.length}`;
  }
  if (wanted.length === 1 && wanted[0] === 'integer') return `must be ${range(schema)}`;
  return `must be ${wanted.map((type) => types[type] ?? type).join(' or ')}`;
}

/** A pattern is for machines: its schema says in words what it wants. */
function formRule({ schema: { format, description }, noun }: Faulty): string {
  if (format === 'uuid') return `is not ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun} id`;
  if (format === 'email') return 'must be an e-mail address';
  if (description === undefined) return 'does not have the expected form';
  return `must be ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
}

const usualNames = ({ properties = {} }: Schema): string[] =>
  Object.keys(properties).filter((name) => !properties[name]?.deprecated);

/** What is wrong, by the keyword of the schema that does not hold. */
const rules: Record<string, (faulty: Faulty) => string> = {
  type: typeRule,
  enum: ({ schema }) => `must be one of ${(schema.enum ?? []).join(', ')}`,
  const: ({ schema }) => `must be ${shownValue(schema.const)}`,
  pattern: formRule,
  format: formRule,
  minimum: ({ schema }) => `must be ${range(schema)}`,
  maximum: ({ schema }) => `must be ${range(schema)}`,
  minLength: ({ schema: { minLength = 1 } }) =>
    minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters`,
  maxLength: ({ schema: { maxLength = 0 } }) =>
    `must have at most ${plural(maxLength, 'character')}`,
  minItems: ({ schema: { minItems = 1 } }) => `must have at least ${plural(minItems, 'item')}`,
  maxItems: ({ schema: { maxItems = 0 }, value }) =>
    `must have at most ${plural(maxItems, 'item')}; got ${(value as unknown[]).length}`,
  uniqueItems: () => 'must not have the same item twice',
  minProperties: ({ schema }) => `must have at least one of ${usualNames(schema).join(', ')}`,
};

/** The keywords of which the value itself says the most. */
const telling = new Set(['type', 'enum', 'const', 'pattern', 'format', 'minimum', 'maximum']);

/** What came. Where fields are expected, only of which kind it is: a text may hold a password among them. */
function came({ type }: Schema, value: unknown): string {
  const wanted = [type ?? []].flat();
  const isWhole = wanted.includes('object') || wanted.includes('array');
  return isWhole && typeof value === 'string' ? 'text' : shownValue(value);
}

/** `tasks` of `/api/tasks/:id`, `delivery` of `deliveryId`, `file` of `files/2`: whose id a field is. */
function nounOf(steps: readonly string[], url = ''): string {
  const name = steps.filter((step) => !/^\d+$/.test(step)).at(-1) ?? '';
  const [, collection = ''] = /([^/]+)\/:id(?:\/|$)/.exec(url) ?? [];
  const noun = name === 'id' ? collection : name.replace(/Id$/, '');
  return noun.replace(/ies$/, 'y').replace(/s$/, '');
}

/** A fault of validation as a sentence for people: the field, what was allowed, and what came. */
export function explainFault(
  { keyword, instancePath, params }: Fault,
  { schema: whole, value: input, part = 'body', url }: FaultyInput,
): FieldError {
  const steps = stepsOf(instancePath);
  if (keyword === 'required') {
    const { missingProperty, requiredProperties } = params as Record<string, unknown>;
    const missing = [...steps, String(missingProperty ?? [requiredProperties].flat()[0])];
    return { pointer: pointerOf(missing), detail: `${subjectOf(missing, part)} is missing.` };
  }
  const schema = schemaAt(whole, steps);
  const value = valueAt(input, steps);
  const subject = subjectOf(steps, part);
  if (steps.length === 0 && (value === undefined || value === null)) {
    return { pointer: '', detail: `${subject} is missing.` };
  }
  const faulty = { schema, value, noun: nounOf(steps, url) };
  const rule = rules[keyword]?.(faulty) ?? formRule(faulty);
  const isShown = telling.has(keyword) && !isSecret(steps) && !rule.includes('; got ');
  const got = isShown && value !== undefined ? `; got ${came(schema, value)}` : '';
  return { pointer: pointerOf(steps), detail: `${subject} ${rule}${got}.` };
}
