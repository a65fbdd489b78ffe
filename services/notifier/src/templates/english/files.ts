import { type Html, html } from '../../html.js';

/** How many names an e-mail lists. */
const shown = 10;

const more = (names: readonly string[], count: number) =>
  names.length > count ? [`and ${names.length - count} more`] : [];

const lines = (names: readonly string[]) => [...names.slice(0, shown), ...more(names, shown)];

/** The names as a list in plain text. */
export const textList = (names: readonly string[]): string =>
  lines(names)
    .map((line) => `- ${line}`)
    .join('\n');

export const htmlList = (names: readonly string[]): Html =>
  html`<ul>${lines(names).map((line) => html`<li>${line}</li>`)}</ul>`;

/** The names in short, for a subject. */
export const subjectOf = (names: readonly string[]): string =>
  [...names.slice(0, 1), ...more(names, 1)].join(' ');
