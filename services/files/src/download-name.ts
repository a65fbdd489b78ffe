import { fitFileName } from '@comprimemelo/contracts/file-name';

/** Separators, what Windows has no room for, halves of characters, and marks that turn the direction of writing around. */
const unsafe = /[\p{Cc}\p{Surrogate}/\\<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A dot or space at the end, which Windows drops. */
const end = /[. ]+$/;

/** Devices of Windows, whatever the extension. Source: "Naming Files, Paths, and Namespaces", Microsoft. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/i;

/**
 * The name that a download is saved under: one that Windows, macOS and Linux take, at most 255 bytes. What they do not
 * take is `_`; a device's name has one in front (`_aux.c`). The file's `name` and `path` stay as they are.
 */
export function downloadName(name: string): string {
  const taken = name.replace(unsafe, '_');
  const fitting = fitFileName(device.test(taken) ? `_${taken}` : taken || 'file');
  return fitting.replace(end, (marks) => '_'.repeat(marks.length));
}
