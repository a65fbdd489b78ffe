import { type Loss, losses, type ReportLine } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';

/** What to say of each loss. */
const details: Readonly<Record<Loss, string>> = {
  links: 'Links are left out.',
  'special-files': 'Devices, sockets, pipes and streams beside files are left out.',
  modes: 'The format does not keep that files are executable.',
  names: 'The format does not keep these names as they are.',
  times: 'The format does not keep when files were modified.',
  directories: 'The format does not keep directories.',
  encryption: 'The format takes no password: the result is not protected.',
};

/** What to say where the archive has it and 7-Zip does not tell. */
const unreadableDetails: Readonly<Partial<Record<Loss, string>>> = {
  links: 'Some of these empty files may be links: the archive says it in a way that is not read.',
  modes: 'Whether these files are executable is said in a way that is not read.',
  times: 'When these files were modified is said in a way that is not read.',
};

/** What the results of a task do not have of its inputs, counted. */
export interface LossReport {
  add(lost: Loss, path: string): void;
  /** As add, of what may be lost because it is not read from the archive. */
  addUnreadable(lost: Loss, path: string): void;
  lines(): ReportLine[];
}

/** Characters of a path that are shown. */
const shownPath = 512;

/**
 * Keeps the paths of the first of each loss alone, however many there are; `kinds` are those that there can be,
 * others are no loss.
 */
export function createLossReport(kinds: readonly Loss[] = losses): LossReport {
  const lines = new Map<string, ReportLine>();
  const add = (lost: Loss, path: string, detail = details[lost]) => {
    if (!kinds.includes(lost)) return;
    const line = lines.get(detail) ?? { lost, detail, count: 0, entries: [] };
    lines.set(detail, line);
    line.count += 1;
    if (line.entries.length < limits.reportedEntries) line.entries.push(path.slice(0, shownPath));
  };
  return {
    add: (lost, path) => add(lost, path),
    addUnreadable: (lost, path) => add(lost, path, unreadableDetails[lost]),
    lines: () => kinds.flatMap((kind) => [...lines.values()].filter(({ lost }) => lost === kind)),
  };
}
