import { limits } from '@comprimemelo/contracts/limits';
import { parserTexts } from '@comprimemelo/service/input/parser-texts';
import type { Schema } from '@comprimemelo/service/input/schema';
import { takesOfRequest } from '@comprimemelo/service/input/takes';
import { type Takes, unknownFields } from '@comprimemelo/service/input/unknown-fields';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyRequest } from 'fastify';
import { invalidField } from './invalid-field.js';

/** A part of a multipart form, as @fastify/multipart gives it. */
export interface FormPart {
  type: 'field' | 'file';
  fieldname: string;
  value?: unknown;
  fieldnameTruncated?: boolean;
  valueTruncated?: boolean;
}

const isFile = ({ format, items }: Schema) => format === 'binary' || items?.format === 'binary';

/** Throws `invalid-request` for a file, or a text that was cut. */
export function fieldText(part: FormPart): string {
  const { fieldname: name, type, value, fieldnameTruncated, valueTruncated } = part;
  if (type === 'file') throw invalidField(name, 'must be text, not a file');
  if (fieldnameTruncated || valueTruncated) {
    throw invalidField(name, `exceeds the limit of ${limits.fieldBytes} bytes`);
  }
  // A field with a JSON content type arrives parsed.
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The text fields of one form, each of them known to its operation and given once. */
export class FormFields {
  readonly values: Record<string, string> = {};
  readonly #takes: Takes;

  constructor(request: FastifyRequest) {
    this.#takes = takesOfRequest(request, 'multipart/form-data');
  }

  /**
   * Throws `invalid-request` where the operation has no such field, or takes something else as it. An empty text is a
   * file input that was left empty, as Swagger UI sends it.
   */
  refuseUnknown({ fieldname: name, type, value }: FormPart): void {
    const errors = unknownFields({ [name]: '' }, 'body', this.#takes);
    if (errors.length > 0) throw new ProblemError('invalid-request', { errors });
    const known = this.#takes.body?.properties?.[name];
    if (known === undefined || isFile(known) === (type === 'file')) return;
    if (isFile(known) && value === '') return;
    throw invalidField(
      name,
      type === 'file'
        ? 'must be text, not a file'
        : `must be a file with a name; got ${JSON.stringify(String(value).slice(0, 40))}`,
    );
  }

  /**
   * Keeps a field's text. Throws `invalid-request` for a file, where it was cut or came before, and for more than
   * `limits.fields` fields.
   */
  keep(part: FormPart): void {
    const { fieldname: name } = part;
    if (part.value === '' && isFile(this.#takes.body?.properties?.[name] ?? {})) return;
    const text = fieldText(part);
    if (Object.hasOwn(this.values, name)) throw invalidField(name, 'may be sent only once');
    if (Object.keys(this.values).length === limits.fields) {
      const detail = parserTexts.FST_FIELDS_LIMIT ?? '';
      throw new ProblemError('invalid-request', { detail });
    }
    this.values[name] = text;
  }
}
