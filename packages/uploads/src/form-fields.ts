import { limits } from '@comprimemelo/contracts/limits';
import { fieldName } from '@comprimemelo/service/input/field-words';
import { pointerOf, type Schema } from '@comprimemelo/service/input/schema';
import { takesOfRequest } from '@comprimemelo/service/input/takes';
import { type Takes, unknownFields } from '@comprimemelo/service/input/unknown-fields';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyRequest } from 'fastify';

/** A part of a multipart form, as @fastify/multipart gives it. */
interface FormPart {
  type: 'field' | 'file';
  fieldname: string;
  value?: unknown;
  fieldnameTruncated?: boolean;
  valueTruncated?: boolean;
}

const isFile = ({ format, items }: Schema) => format === 'binary' || items?.format === 'binary';

const invalid = (name: string, saying: string) =>
  new ProblemError('invalid-request', {
    errors: [{ pointer: pointerOf([name]), detail: `\`${fieldName([name])}\` ${saying}.` }],
  });

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
    throw invalid(
      name,
      type === 'file'
        ? 'must be text, not a file'
        : `must be a file with a name; got ${JSON.stringify(String(value).slice(0, 40))}`,
    );
  }

  /** Keeps a field's text. Throws `invalid-request` for a file, where it was cut, or where it came before. */
  keep({ fieldname: name, type, value, fieldnameTruncated, valueTruncated }: FormPart): void {
    if (value === '' && isFile(this.#takes.body?.properties?.[name] ?? {})) return;
    if (type === 'file') throw invalid(name, 'must be text, not a file');
    if (fieldnameTruncated || valueTruncated) {
      throw invalid(name, `exceeds the limit of ${limits.fieldBytes} bytes`);
    }
    if (Object.hasOwn(this.values, name)) throw invalid(name, 'may be sent only once');
    // A field with a JSON content type arrives parsed.
    this.values[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
}
