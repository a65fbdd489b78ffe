import type { ReportLine } from '@comprimemelo/contracts/archive';
import type { EncodingChoice } from './name-reader.js';

const again = 'If they look wrong, run the task again with `nameEncoding`.';

const reasons: Readonly<Record<EncodingChoice['basis'], (choice: EncodingChoice) => string>> = {
  told: () => 'as `nameEncoding` says.',
  standard: () => `as the format's standard says. ${again}`,
  assumed: () => `which is usual for the format. ${again}`,
  detected: ({ confidence }) =>
    `found by the names themselves, ${Math.round(confidence * 100)} % sure. ${again}`,
};

/** The line of a report on names that were read in another encoding than UTF-8. `entries` are the first of `count` paths. */
export function encodingLine(
  choice: EncodingChoice,
  { count, entries }: Pick<ReportLine, 'count' | 'entries'>,
): ReportLine {
  const reason = reasons[choice.basis](choice);
  const detail = `These names are not UTF-8. They were read as ${choice.encoding}, ${reason}`;
  return { lost: 'names', detail, count, entries };
}
