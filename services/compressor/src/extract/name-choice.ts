import type { ListedEntry } from '../engines/entry.js';
import { readable, utf8Of } from '../names/readable.js';
import type { NameKind } from '../open/archive-part.js';

/** Which letters the names of an archive are. */
export interface NameChoice {
  /** IANA name in lower case of the names that are not UTF-8; undefined if all are. */
  readonly encoding: string | undefined;
  /** The letters of one character a byte. */
  textOf(raw: string): string;
}

/** Collects the names of an archive, to choose one encoding for all that are not UTF-8. */
export interface Names {
  collectFrom(kind: NameKind): (entry: ListedEntry) => void;
  choose(): NameChoice;
}

export function createNames(_encoding: string | undefined): Names {
  let found = false;
  return {
    collectFrom: () => (entry) => {
      found ||= utf8Of(entry.rawPath) === undefined;
    },
    choose: () => ({ encoding: found ? 'us-ascii' : undefined, textOf: readable }),
  };
}
