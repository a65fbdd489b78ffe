/** Safe markup that needs no escaping. Only the `html` tag creates it. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

type Value = string | number | Html | readonly Html[];

function markupOf(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return value instanceof Html ? value.toString() : value.join('');
}

/**
 * A template tag for HTML: escapes every value except those that it created itself. Use values only between tags or
 * inside quoted attributes.
 */
export function html(fixed: TemplateStringsArray, ...values: Value[]): Html {
  const parts = values.map((value, index) => `${markupOf(value)}${fixed[index + 1] ?? ''}`);
  return new Html(`${fixed[0] ?? ''}${parts.join('')}`);
}
