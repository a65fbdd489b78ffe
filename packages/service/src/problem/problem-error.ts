import type { Problem } from '@comprimemelo/contracts/problem';
import { type ProblemSlug, problems, problemType } from '@comprimemelo/contracts/problems';

export interface ProblemOptions {
  /** What went wrong with this request. Must be safe to show. */
  detail?: string;
  /** The fields at fault. Each `detail` is a whole sentence, which names the field as its user knows it. */
  errors?: { pointer: string; detail: string }[];
  /** The supported values. */
  supported?: string[];
  /** Response headers, such as Retry-After. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** What happened: where only the fields are told of, what is wrong with them. */
const detailOf = ({ detail, errors }: ProblemOptions): string | undefined =>
  detail ?? errors?.map((error) => error.detail).join(' ');

/** An error that is shown to the client, identified by its slug in contracts/problems. Source: RFC 9457. */
export class ProblemError extends Error {
  readonly code: ProblemSlug;
  readonly options: ProblemOptions;
  /** A field of its own: Fastify writes it on errors that a validator gives. */
  readonly statusCode: number;

  constructor(code: ProblemSlug, options: ProblemOptions = {}) {
    super(detailOf(options) ?? problems[code].title, { cause: options.cause });
    this.code = code;
    this.options = options;
    this.statusCode = problems[code].status;
  }

  /** The response body. */
  toProblem(request: { url: string; id: string }): Problem {
    const { errors, supported } = this.options;
    const detail = detailOf(this.options);
    return {
      type: problemType(this.code),
      title: problems[this.code].title,
      status: this.statusCode,
      ...(detail === undefined ? {} : { detail }),
      instance: request.url.split('?', 1)[0] ?? request.url,
      requestId: request.id,
      ...(errors === undefined ? {} : { errors }),
      ...(supported === undefined ? {} : { supported }),
    };
  }
}
