import { formats, parseFormat } from '@comprimemelo/contracts/formats';
import type { ConversionJob } from '@comprimemelo/contracts/messages';

/** What the files on disk keep of how their senders had them. */
export interface Kept {
  readonly paths: boolean;
  readonly times: boolean;
}

/** Only what is compressed has an entry that shows its path and its time. A format of one file has no folders. */
export function keptOf({ operation, format, options }: ConversionJob): Kept {
  const compresses = operation === 'compress';
  const written = parseFormat(format ?? '');
  const folders = written !== undefined && !formats[written].singleFile;
  return { paths: compresses && folders && options.paths !== 'flatten', times: compresses };
}
