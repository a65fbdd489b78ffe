import { problems } from '@comprimemelo/contracts/problems';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ApiDocument, Operation } from '../client/api-document.js';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/**
 * Holds answers against what the document declares: the status, the media type, the body's schema, the headers.
 * What it gives back says what an answer has wrong; undefined where nothing is.
 */
export function declaredAnswers({ raw }: ApiDocument) {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ ...raw, $id: 'document' });
  const compiled = new Map<string, ValidateFunction>();
  const validate = (schema: object): ValidateFunction => {
    // References lead into the document.
    const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
    const known = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, known);
    return known;
  };
  const check = (schema: object, value: unknown) => {
    const is = validate(schema);
    return is(value)
      ? undefined
      : `${ajv.errorsText(is.errors)}: ${JSON.stringify(value).slice(0, 500)}`;
  };

  /** A problem must be one of the list, and have the status that the list gives it. */
  function problemFault({ status, body }: Answer): string | undefined {
    const value = JSON.parse(body.toString()) as { type: string; status: number };
    const slug = value.type.replace('/problems/', '') as keyof typeof problems;
    if (problems[slug]?.status !== status || value.status !== status)
      return `${value.type} with ${status}`;
    return check({ $ref: '#/components/schemas/Problem' }, value);
  }

  /** What an answer to something that is not in the document has wrong. */
  const strangeFault = (answer: Answer): string | undefined => {
    if (answer.status >= 500) return `status ${answer.status}`;
    return answer.status >= 400 && answer.body.length > 0 ? problemFault(answer) : undefined;
  };

  function fault({ responses }: Operation, answer: Answer): string | undefined {
    const { status, headers, body } = answer;
    if (status >= 500) return `status ${status}: ${body}`;
    const general = [408, 413, 414, 415, 429, 431].includes(status) ? responses.default : undefined;
    const declared = responses[status] ?? general;
    if (declared === undefined)
      return `status ${status} is not declared: ${body.toString().slice(0, 300)}`;
    for (const name of Object.keys(declared.headers ?? {})) {
      const { required } = (raw.components.headers?.[name] ?? {}) as { required?: boolean };
      if (required && headers[name.toLowerCase()] === undefined) return `${status} without ${name}`;
    }
    const type = String(headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    if (declared.content === undefined)
      return body.length > 0 ? `${status} with a body` : undefined;
    const media = declared.content[type];
    if (media === undefined) {
      return 'application/octet-stream' in declared.content ? undefined : `${status} as ${type}`;
    }
    if (type === 'application/problem+json') return problemFault(answer);
    return type === 'application/json'
      ? check(media.schema, JSON.parse(body.toString()))
      : undefined;
  }
  return { fault, strangeFault };
}
