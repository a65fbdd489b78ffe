import { randomBytes } from 'node:crypto';
import type { ApiDocument, Operation } from '../client/api-document.js';

type Json = Record<string, unknown>;

interface Property {
  $ref?: string;
  deprecated?: boolean;
  format?: string;
  items?: { format?: string };
}

/** A name of which a letter was forgotten. */
export const misspelt = (name: string): string => name.slice(0, -2) + name.slice(-1);

/** The fields of a body that a client is led to, files apart. */
export function fieldsOf(schema: Json, { raw }: ApiDocument): string[] {
  const name = String(schema.$ref ?? '')
    .split('/')
    .at(-1);
  const { properties = {} } = ((name ? raw.components.schemas?.[name] : schema) ?? {}) as {
    properties?: Record<string, Property>;
  };
  return Object.entries(properties)
    .filter(([, { deprecated, format, items }]) => {
      return deprecated !== true && format !== 'binary' && items?.format !== 'binary';
    })
    .map(([field]) => field);
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const pairsOf = (fields: Json) =>
  Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, asText(one)]),
  );

function formOf(fields: Json): FormData {
  const form = new FormData();
  for (const [name, text] of pairsOf(fields)) {
    if (text.startsWith('(the bytes of')) form.append(name, new Blob([text]), 'report.pdf');
    else form.append(name, text);
  }
  return form;
}

/** Each way in which fields are sent, by media type. */
export const encoders: Record<string, (fields: Json) => RequestInit> = {
  'application/json': (fields) => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  }),
  'application/x-www-form-urlencoded': (fields) => ({ body: new URLSearchParams(pairsOf(fields)) }),
  'multipart/form-data': (fields) => ({ body: formOf(fields) }),
};

const id = '01900000-0000-7000-8000-000000000000';

/** The operation's path, with an id in the place of each parameter. */
export const pathOf = ({ path }: Operation): string => path.replace(/\{\w+\}/g, id);

/** A word that is nowhere but in the requests of one test; `npm test` looks for its start in every log. */
export const secretWord = (): string => `marked-secret-${randomBytes(9).toString('base64url')}`;
