import type { ReadFormat } from '@comprimemelo/contracts/formats';
import type { RequestedEncoding } from '@comprimemelo/contracts/name-encodings';
import type { ListedEntry } from '../engines/entry.js';
import { createNameReader, type NameReader } from '../names/name-reader.js';
import { createNameSample } from '../names/name-sample.js';

/** How the names of an archive are read. */
export interface NameChoice extends NameReader {
  /** The letters of one character a byte, such as of where a link leads. */
  textOf(raw: string): string;
}

/** Collects the names of an archive, to choose one encoding for all that are not UTF-8. */
export interface Names {
  collect(entry: ListedEntry): void;
  choose(): Promise<NameChoice>;
}

export function createNames(format: ReadFormat, requested: RequestedEncoding | undefined): Names {
  const sample = createNameSample();
  return {
    collect: ({ rawPath, markedUtf8 = false }) => sample.add(rawPath, markedUtf8),
    async choose() {
      const reader = await createNameReader(sample, { format, requested });
      return {
        choice: reader.choice,
        read: reader.read,
        textOf: (raw) => reader.read(raw, false).path,
      };
    },
  };
}
