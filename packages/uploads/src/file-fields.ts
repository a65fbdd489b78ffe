import { shownValue } from '@comprimemelo/service/input/field-words';
import { fileYears, readEpochTime, readFileTime } from './file-time.js';
import { type FormPart, fieldText } from './form-fields.js';
import { invalidField } from './invalid-field.js';

const path = { type: 'string', examples: [''] };

/** The fields that belong to the file after them, for a form's schema. Empty is none. */
export const fileFields = {
  path: {
    ...path,
    description:
      'Relative path of the file in the next part, in place of its file name; may be sent again for each file',
  },
  modified: {
    type: 'string',
    examples: [''],
    description:
      'When the content of the file in the next part last changed: an RFC 3339 time or an HTTP-date; may be sent again for each file',
  },
  // As the upload libraries of browsers name them.
  webkitRelativePath: { ...path, deprecated: true },
  relativePath: { ...path, deprecated: true },
  fullPath: { ...path, deprecated: true },
  lastModified: { ...path, deprecated: true, description: 'Also milliseconds since 1970' },
};

const paths: readonly string[] = ['path', 'webkitRelativePath', 'relativePath', 'fullPath'];
const times: readonly string[] = ['modified', 'lastModified'];

/** What a script writes where it has nothing to say. */
const nothing: readonly string[] = ['', 'null', 'undefined'];

/** The time in a field or header of this name. Throws `invalid-request`. */
export function partTime(name: string, text: string): Date {
  const epoch = name === 'lastModified' ? readEpochTime(text) : undefined;
  const time = epoch ?? readFileTime(text);
  if (time !== undefined) return time;
  const form = 'an RFC 3339 time or an HTTP-date, such as 2026-01-31T12:00:00Z,';
  const years = `of the years ${fileYears.first} to ${fileYears.last}`;
  throw invalidField(name, `must be ${form} ${years}; got ${shownValue(text)}`);
}

/** What was said of one file. */
interface Said {
  path?: { field: string; text: string };
  modified?: { field: string; time: Date };
}

/** The fields of a form that wait for the file that they belong to. */
export class FileFields {
  #said: Said = {};

  /** True if the part is such a field. Throws `invalid-request` where it is given twice for one file. */
  take(part: FormPart): boolean {
    const { fieldname: field } = part;
    const kind = paths.includes(field) ? 'path' : times.includes(field) ? 'modified' : undefined;
    if (kind === undefined) return false;
    const text = fieldText(part);
    if (text === '' || (field !== kind && nothing.includes(text))) return true;
    if (this.#said[kind] !== undefined) {
      throw invalidField(field, 'may be sent only once before each file');
    }
    if (kind === 'path') this.#said.path = { field, text };
    else this.#said.modified = { field, time: partTime(field, text) };
    return true;
  }

  /** What was said of the file that comes now. */
  next(): { path: string | undefined; modified: Date | undefined } {
    const { path, modified } = this.#said;
    this.#said = {};
    return { path: path?.text, modified: modified?.time };
  }

  /** Throws `invalid-request` where the file is missing that something was said of. */
  end(): void {
    const { path, modified } = this.#said;
    const left = path ?? modified;
    if (left !== undefined) throw invalidField(left.field, 'must stand before the file it is for');
  }
}
