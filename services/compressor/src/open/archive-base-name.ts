import { formatOfName, formats } from '@comprimemelo/contracts/formats';

/** The archive's name without the extension of its format: `report.pdf` of `report.pdf.gz`. */
export function archiveBaseName(name: string): string {
  const format = formatOfName(name);
  if (!format) return name;
  const lower = name.toLowerCase();
  const extensions: readonly string[] = formats[format].extensions;
  const extension = extensions.find((one) => lower.endsWith(`.${one}`)) ?? '';
  return name.slice(0, name.length - extension.length - 1);
}
