import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { NameEncoding, RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import { decodeName } from './decode-name.js';
import { detectEncoding } from './detect-encoding.js';
import { type EncodingBasis, familyOf } from './encoding-families.js';
import { isUtf8Name, type NameSample } from './name-sample.js';

/** Which encoding the names of an archive are read in where they are not UTF-8. */
export interface EncodingChoice {
  readonly encoding: NameEncoding;
  /** 0 to 1; 1 where the client said it. */
  readonly confidence: number;
  readonly basis: EncodingBasis;
}

/** A name as people read it. */
export interface ReadableName {
  readonly path: string;
  /** The bytes in base64, where they are not UTF-8. */
  readonly rawPath?: string;
}

export interface NameReader {
  /** Undefined where all names are UTF-8. */
  readonly choice: EncodingChoice | undefined;
  /** Reads a path, one character a byte. A backslash in what it gives is one: none is the half of a character. */
  read(rawPath: string, isMarkedUtf8: boolean): ReadableName;
}

/** How sure what a format or custom says is, where the names themselves say nothing. */
const unsure = 0.5;

async function chooseEncoding(
  { parts }: NameSample,
  format: ReadFormat,
  requested: RequestedEncoding,
): Promise<EncodingChoice> {
  if (requested !== 'auto') return { encoding: requested, confidence: 1, basis: 'told' };
  const family = familyOf(format);
  const detected = await detectEncoding(parts, family);
  if (detected !== undefined) return { ...detected, basis: 'detected' };
  return { encoding: family.fallback, confidence: unsure, basis: family.basis };
}

/**
 * Reads the names of one archive, of which the sample has seen all. What is UTF-8 is read as UTF-8, whatever was
 * requested; what the archive marks as UTF-8 is, too, with the bytes that are not shown as `%E9`; the rest is read in
 * the encoding that was requested, or in the one that fits the archive's names best.
 */
export async function createNameReader(
  sample: NameSample,
  { format, requested = 'auto' }: { format: ReadFormat; requested?: RequestedEncoding | undefined },
): Promise<NameReader> {
  const choice =
    sample.parts.size === 0 ? undefined : await chooseEncoding(sample, format, requested);
  const read: NameReader['read'] = (rawPath, isMarkedUtf8) => {
    if (isUtf8Name(rawPath)) return { path: Buffer.from(rawPath, 'latin1').toString('utf8') };
    const encoding = isMarkedUtf8 ? 'utf-8' : (choice?.encoding ?? familyOf(format).fallback);
    return {
      path: decodeName(rawPath, encoding),
      rawPath: Buffer.from(rawPath, 'latin1').toString('base64'),
    };
  };
  return { choice, read };
}
