import { type NameEncoding, parseNameEncoding } from '@comprimemelo/contracts/name-encodings';
import iconv from 'iconv-lite';
import { type EncodingFamily, rareEncodings } from './encoding-families.js';
import { japanese, plainlyJapanese } from './plainly-japanese.js';
import { implausibility, kanaShare } from './plausibility.js';

/** An encoding and how sure it is, 0.5 to 0.99. */
export interface DetectedEncoding {
  readonly encoding: NameEncoding;
  readonly confidence: number;
}

interface Candidate {
  encoding: NameEncoding;
  text: string;
  /** Only to be compared with others. */
  score: number;
}

/** Distinct names from which on rare encodings are considered. */
const manyNames = 8;
/** How much a rare encoding counts: at 0.45, 3 % of Western names were taken for Central European ones, at 0.35 none. */
const rareWeight = 0.35;
/** Below this many distinct names it is a guess, however well they fit. */
const fewNames = 5;
const surestGuess = 0.8;
const surest = 0.99;
/** Candidates whose scores differ by less are equal. */
const difference = 1.001;
/** Where most characters are odd, nothing was found. */
const tooOdd = 0.75;

/** What jschardet calls what we have. It names supersets: GB 18030 where GBK was asked for. */
function ours(name: string | null): NameEncoding | undefined {
  if (name === 'GB18030') return 'gbk';
  const encoding = parseNameEncoding(name ?? '');
  return encoding === 'auto' ? undefined : encoding;
}

function weightOf(encoding: NameEncoding, { usual, preference }: EncodingFamily): number {
  if (encoding === usual[0]) return preference;
  return usual.includes(encoding) ? 1 : rareWeight;
}

/** Takes 130 ms and 55 MB the first time: only where a name is not UTF-8. */
async function candidatesOf(bytes: Buffer, family: EncodingFamily, encodings: NameEncoding[]) {
  const { detectAll } = await import('jschardet');
  const found = detectAll(bytes, { minimumThreshold: 0, detectEncodings: encodings });
  return found.flatMap(({ encoding: name, confidence }): Candidate[] => {
    const encoding = ours(name);
    if (encoding === undefined || !encodings.includes(encoding)) return [];
    const text = iconv.decode(bytes, encoding, { stripBOM: false });
    const odd = implausibility(text) + (japanese.includes(encoding) ? 0 : kanaShare(text));
    if (odd > tooOdd) return [];
    const score = confidence * Math.exp(-3 * odd) * weightOf(encoding, family);
    return [{ encoding, text, score }];
  });
}

function bestOf(candidates: Candidate[], order: NameEncoding[]): Candidate | undefined {
  const [first] = candidates.toSorted((one, other) => other.score - one.score);
  if (first === undefined) return undefined;
  // Equal ones, and those that read the names alike, are taken in the order of the family.
  const equal = candidates.filter(
    ({ score, text }) => score * difference >= first.score || text === first.text,
  );
  return equal.toSorted((a, b) => order.indexOf(a.encoding) - order.indexOf(b.encoding))[0];
}

/**
 * The encoding of names of one archive; undefined where nothing fits. Source: chardet's models, through jschardet,
 * weighed by how much the text looks like names.
 */
export async function detectEncoding(
  parts: Iterable<string>,
  family: EncodingFamily,
): Promise<DetectedEncoding | undefined> {
  const names = [...parts];
  const bytes = Buffer.from(`${names.join('\n')}\n`, 'latin1');
  const plain = plainlyJapanese(bytes);
  if (plain !== undefined) return { encoding: plain, confidence: surest };
  const order = [...new Set([...family.usual, ...(names.length < manyNames ? [] : rareEncodings)])];
  const candidates = await candidatesOf(bytes, family, order);
  const best = bestOf(candidates, order);
  if (best === undefined || best.score === 0) return undefined;
  const others = candidates.filter(({ text }) => text !== best.text).map(({ score }) => score);
  const sure = best.score / (best.score + Math.max(0, ...others));
  const most = names.length < fewNames ? surestGuess : surest;
  return { encoding: best.encoding, confidence: Math.round(Math.min(sure, most) * 100) / 100 };
}
