/** Characters that break lines, are invisible or change the text direction. Source: Unicode UAX 9. */
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const halfSurrogate = /\p{Cs}/gu;

/**
 * Makes external text a single line without hidden tricks: control and direction characters become a space, lone
 * surrogates the replacement character. At most `length` characters.
 */
export function visibleText(text: string, length = 120): string {
  const line = text.replace(halfSurrogate, '\ufffd').replace(invisible, ' ').trim();
  const characters = [...line];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : line;
}
