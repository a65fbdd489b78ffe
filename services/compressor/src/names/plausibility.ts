/** What names do not have: frames, currency and mathematics, controls, characters that nobody assigned. */
const odd =
  /[\p{So}\p{Sm}\p{Sc}\p{C}\u2500-\u259f\ufffd\u00aa\u00ba\u00a8\u00b4\u00b8\u00af\u00ab\u00bb\u00a1\u00bf\u00bc-\u00be\u0192]/u;
const halfwidthKana = /[\uff61-\uff9f]/u;
const fullwidthLatin = /[\uff21-\uff5a]/u;
/** Punctuation of East Asia, and the apostrophe, which stand beside letters. */
const besideLetters = /[\u3000-\u303f\u30fb\uff00-\uffff\u2019]/u;
const punctuation = /\p{P}/u;
const letter = /\p{L}/u;
const lower = /\p{Ll}/u;
const upper = /\p{Lu}/u;

const scripts: readonly (readonly [name: string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  [
    'asian',
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
  ],
];

const scriptOf = (character: string): string | undefined =>
  scripts.find(([, pattern]) => pattern.test(character))?.[0];

const isForeign = (character: string): boolean => character > '\u007f';

/** How odd a character is by itself. */
function oddness(character: string): number {
  if (!isForeign(character)) return 0;
  if (halfwidthKana.test(character)) return 0.5;
  return odd.test(character) ? 1 : 0;
}

/** How odd it is behind the one before it: `T‚l‚chargement`, `ОтчЁт`, `Thｃtre`. */
function oddnessBehind(former: string, character: string): number {
  if (!isForeign(former) && !isForeign(character)) return 0;
  if (punctuation.test(character) && isForeign(character)) {
    if (besideLetters.test(character) || odd.test(character)) return 0;
    return letter.test(former) ? 1 : 0.3;
  }
  if (fullwidthLatin.test(character) && /[a-z]/i.test(former)) return 1;
  if (lower.test(former) && upper.test(character)) return 1;
  const [one, other] = [scriptOf(former), scriptOf(character)];
  if (one === undefined || other === undefined || one === other) return 0;
  return one === 'asian' || other === 'asian' ? 0.7 : 1;
}

/** How much of what is beyond ASCII is kana, 0 to 1. */
export function kanaShare(text: string): number {
  const foreign = [...text].filter(isForeign);
  const kana = foreign.filter((character) => /[\u3041-\u30fa]/u.test(character));
  return foreign.length === 0 ? 0 : kana.length / foreign.length;
}

/** How little a text looks like names: 0 where nothing is odd, about 1 where every character beyond ASCII is. */
export function implausibility(text: string): number {
  let foreign = 0;
  let oddity = 0;
  let former = '';
  for (const character of text) {
    if (isForeign(character)) foreign += 1;
    oddity += oddness(character) + oddnessBehind(former, character);
    former = character;
  }
  return foreign === 0 ? 0 : oddity / foreign;
}
