/** What would break a line, hide, or turn the direction of the text around it. Source: Unicode UAX 9. */
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const halfSurrogate = /\p{Cs}/gu;

/**
 * Text from outside as one line that looks like what it is: control and direction characters become a
 * space, half surrogates the replacement character. No longer than `length` characters.
 */
export function visibleText(text: string, length = 120): string {
  const line = text.replace(halfSurrogate, '\ufffd').replace(invisible, ' ').trim();
  const characters = [...line];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : line;
}
