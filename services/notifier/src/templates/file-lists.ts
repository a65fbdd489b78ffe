import { type Html, html } from '../html.js';

/** How many names an e-mail lists. */
const shown = 10;

/** Formats lists of file names; `more` says in the language of the e-mail how many are not shown. */
export function fileLists(more: (count: number) => string) {
  const others = (names: readonly string[], count: number) =>
    names.length > count ? [more(names.length - count)] : [];
  const lines = (names: readonly string[]) => [...names.slice(0, shown), ...others(names, shown)];
  return {
    /** The names as a list in plain text. */
    textList: (names: readonly string[]): string =>
      lines(names)
        .map((line) => `- ${line}`)
        .join('\n'),
    htmlList: (names: readonly string[]): Html =>
      html`<ul>${lines(names).map((line) => html`<li>${line}</li>`)}</ul>`,
    /** The names in short, for a subject. */
    subjectOf: (names: readonly string[]): string =>
      [...names.slice(0, 1), ...others(names, 1)].join(' '),
  };
}
