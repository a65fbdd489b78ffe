import type { IncomingHttpHeaders } from 'node:http';
import { type ByteRange, parseByteRange } from '@comprimemelo/service/http/byte-range';

export interface ConditionalRequest {
  method: string;
  headers: IncomingHttpHeaders;
}

export type Verdict =
  | { answer: 'whole' }
  | { answer: 'range'; range: ByteRange }
  | { answer: 'not-modified' }
  | { answer: 'precondition-failed' }
  | { answer: 'range-not-satisfiable' };

/** Strong comparison: a weak tag matches nothing. Source: RFC 9110, section 8.8.3.2. */
const matchesStrongly = (header: string, etag: string): boolean =>
  header.split(',').some((item) => ['*', etag].includes(item.trim()));

/** Weak comparison: `W/` makes no difference. */
const matchesWeakly = (header: string, etag: string): boolean =>
  header.split(',').some((item) => ['*', etag, `W/${etag}`].includes(item.trim()));

/**
 * Evaluates the conditions and range of a GET or HEAD request for a file of `size` bytes with the strong `etag`. A
 * request for several ranges gets the whole file, and so does HEAD with a range. Source: RFC 9110, sections 13.2 and 14.2.
 */
export function judgeConditions(
  { method, headers }: ConditionalRequest,
  etag: string,
  size: number,
): Verdict {
  if (headers['if-match'] !== undefined && !matchesStrongly(headers['if-match'], etag)) {
    return { answer: 'precondition-failed' };
  }
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined && matchesWeakly(noneMatch, etag)) return { answer: 'not-modified' };
  // Only GET has ranges.
  if (headers.range === undefined || method !== 'GET') return { answer: 'whole' };
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return { answer: 'whole' };
  const range = parseByteRange(headers.range, size);
  if (range === 'unsatisfiable') return { answer: 'range-not-satisfiable' };
  return range === 'whole' ? { answer: 'whole' } : { answer: 'range', range };
}
