import type { NameEncoding } from '@comprimemelo/contracts/name-encodings';
import iconv from 'iconv-lite';
import { kanaShare } from './plausibility.js';

/** GBK and EUC-KR have kana as EUC-JP has them; people who write them use others. */
export const japanese: readonly NameEncoding[] = ['shift_jis', 'euc-jp'];

/**
 * Shift-JIS or EUC-JP throughout, with three kana in a row: no other encoding has that by accident. Only GBK has kana
 * as EUC-JP does, so there must be many of them.
 */
export function plainlyJapanese(bytes: Buffer): NameEncoding | undefined {
  return japanese.find((encoding) => {
    const text = iconv.decode(bytes, encoding);
    if (text.includes('\ufffd') || !/[\u3041-\u3096\u30a1-\u30fa]{3}/u.test(text)) return false;
    return encoding === 'shift_jis' || kanaShare(text) > 0.3;
  });
}
