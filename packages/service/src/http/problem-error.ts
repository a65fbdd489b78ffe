import type { Problem } from '@comprimemelo/contracts/problem';
import { type ProblemSlug, problems, problemType } from '@comprimemelo/contracts/problems';

export interface ProblemOptions {
  /** What happened this time, in a sentence that is safe to show. */
  detail?: string;
  errors?: { pointer: string; detail: string }[];
  /** What could have been asked for instead. */
  supported?: string[];
  /** Response headers, such as Retry-After. */
  headers?: Record<string, string>;
  cause?: unknown;
}

/** An error that the client may see, named by its slug in contracts/problems. Source: RFC 9457. */
export class ProblemError extends Error {
  readonly code: ProblemSlug;
  readonly options: ProblemOptions;

  constructor(code: ProblemSlug, options: ProblemOptions = {}) {
    super(options.detail ?? problems[code].title, { cause: options.cause });
    this.code = code;
    this.options = options;
  }

  get statusCode(): number {
    return problems[this.code].status;
  }

  /** The body of the answer. */
  toProblem(request: { url: string; id: string }): Problem {
    const { detail, errors, supported } = this.options;
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
