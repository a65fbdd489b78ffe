import {
  nameEncodingNames,
  parseNameEncoding,
  type RequestedEncoding,
} from '@comprimemelo/contracts/name-encodings';
import { listed, shownValue } from '@comprimemelo/service/input/field-words';
import { nearestNames } from '@comprimemelo/service/input/nearest-name';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

const supported = ['auto', ...nameEncodingNames];

/** How many of the known encodings an answer proposes. */
const proposed = 3;

function hint(word: string): string {
  const near = nearestNames(word, supported, proposed);
  if (near.length > 0) return `did you mean ${listed(near, 'or')}?`;
  return 'for example `auto`, `cp437`, `shift_jis` or `windows-1252`.';
}

/**
 * The encoding of names that a client's word asks for, by its usual name: `SJIS` is `shift_jis`. Throws
 * `unsupported-encoding` with those that there are.
 */
export function readNameEncoding(word: string): RequestedEncoding {
  const encoding = parseNameEncoding(word);
  if (encoding !== undefined) return encoding;
  const detail = `\`nameEncoding\` must be the name of an encoding; got ${shownValue(word)}; ${hint(word)}`;
  throw new ProblemError('unsupported-encoding', {
    errors: [{ pointer: '/options/nameEncoding', detail }],
    supported,
  });
}
