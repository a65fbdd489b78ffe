// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const ascii = /^[\x00-\x7f]*$/;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of one character a byte, if its bytes are UTF-8; undefined if they are not. */
export function utf8Of(raw: string): string | undefined {
  if (ascii.test(raw)) return raw;
  try {
    return strict.decode(Buffer.from(raw, 'latin1'));
  } catch {
    return undefined;
  }
}

/** A name for an error message: UTF-8, or each byte beyond ASCII as `%E9`. */
export const readable = (raw: string): string =>
  utf8Of(raw) ??
  raw.replace(/[\x80-\xff]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
