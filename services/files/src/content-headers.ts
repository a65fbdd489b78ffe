import contentDisposition from 'content-disposition';
import { downloadName } from './download-name.js';

const notAscii = /[^\x20-\x7e]/gu;

export interface Content {
  name: string;
  mediaType: string;
  /** Lowercase hexadecimal. */
  sha256: string;
}

/** The strong validator of a file's content: its SHA-256. */
export const contentEtag = (sha256: string): string => `"${sha256}"`;

/** The Content-Disposition of a download (RFC 6266 and 8187): the safe name in UTF-8, with an ASCII fallback. */
function attachmentNamed(name: string): string {
  const safe = downloadName(name);
  return contentDisposition(safe, { type: 'attachment', fallback: safe.replace(notAscii, '_') });
}

/** The headers of a download: its name, the digest of the whole (RFC 9530), the validator. */
export function contentHeaders({ name, mediaType, sha256 }: Content): Record<string, string> {
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  return {
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': attachmentNamed(name),
    'content-type': mediaType,
    etag: contentEtag(sha256),
    'repr-digest': `sha-256=:${digest}:`,
  };
}
