import { limits } from '@comprimemelo/contracts/limits';
import { ProblemError } from '@comprimemelo/service/http/problem-error';

/** A field of a multipart form, as @fastify/multipart gives it. */
interface FormField {
  value: unknown;
  fieldnameTruncated: boolean;
  valueTruncated: boolean;
}

/** A field's text. Throws `invalid-request` where the parser has cut it. */
export function fieldText({ value, fieldnameTruncated, valueTruncated }: FormField): string {
  if (fieldnameTruncated || valueTruncated) {
    throw new ProblemError('invalid-request', {
      detail: `A form field is longer than ${limits.fieldBytes} bytes.`,
    });
  }
  // A field that declares itself JSON arrives parsed.
  return typeof value === 'string' ? value : JSON.stringify(value);
}
