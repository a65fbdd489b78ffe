/** Where a client's value stands in its request, as Fastify names the parts. */
export type InputPart = 'params' | 'body' | 'querystring' | 'headers';

/** Characters of a client's own text that a sentence shows. */
const shownCharacters = 40;

const shortened = (text: string): string => {
  const characters = [...text];
  if (characters.length <= shownCharacters) return text;
  return `${characters.slice(0, shownCharacters).join('')}…`;
};

/** `options.level`, `files[2]`: a field as its user knows it, short enough to be shown. */
export const fieldName = (steps: readonly string[]): string =>
  steps
    .map((step) => shortened(step).replaceAll('`', "'"))
    .reduce((name, step) => (/^\d+$/.test(step) ? `${name}[${step}]` : `${name}.${step}`));

const headerName = (name: string): string =>
  name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()).replace(/-Id$/, '-ID');

/** The subject of a sentence about a field: `` `options.level` ``, or the whole body. */
export function subjectOf(steps: readonly string[], part: InputPart = 'body'): string {
  if (part === 'headers') return `The header \`${headerName(steps[0] ?? '')}\``;
  if (steps.length > 0) return `\`${fieldName(steps)}\``;
  return part === 'body' ? 'The body' : 'The query string';
}

const secret = /passw|secret|token|authorization/i;

/** Whether a field may hold what nobody else is to read: its value is never shown. */
export const isSecret = (steps: readonly string[]): boolean =>
  steps.some((step) => secret.test(step));

/** A client's value, short and quoted. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** Names in a row: `a`, `b` and `c`. */
export function listed(names: readonly string[], word = 'and'): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop() ?? '';
  return quoted.length > 0 ? `${quoted.join(', ')} ${word} ${last}` : last;
}
