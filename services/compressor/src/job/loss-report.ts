import { type Loss, losses, type ReportLine } from '@comprimemelo/contracts/archive';
import { limits } from '@comprimemelo/contracts/limits';

/** What to say of each loss. */
const details: Readonly<Record<Loss, string>> = {
  links: 'Links were omitted.',
  attributes: 'Extended attributes and access control lists were omitted.',
  comments: 'The format does not store comments.',
  'other-data': 'The file holds more than the archive.',
  'special-files': 'Devices, sockets, pipes and alternate data streams were omitted.',
  modes: 'The format does not store which files are executable.',
  names: 'The format cannot store these names unchanged.',
  times: 'The format does not store modification times.',
  directories: 'The format does not store directories.',
  encryption: 'The format does not support passwords, so the result is not protected.',
};

/** What to say where the archive has it and 7-Zip does not tell. */
const unreadableDetails: Readonly<Partial<Record<Loss, string>>> = {
  links:
    'Some of these empty files may be links: the archive stores links in a way that is not supported.',
  modes:
    'It is unknown whether these files are executable: the archive stores this in a way that is not supported.',
  times:
    'The modification times of these files are unknown: the archive stores them in a way that is not supported.',
};

/** What the results of a task do not have of its inputs, counted. */
export interface LossReport {
  /** `detail` says it in other words than those of its kind. */
  add(lost: Loss, path: string, detail?: string): void;
  /** Something of the whole archive. */
  note(lost: Loss, detail: string): void;
  /** As add, of what may be lost because it is not read from the archive. */
  addUnreadable(lost: Loss, path: string): void;
  lines(): ReportLine[];
  /** Returns what forgets all that has been added since. */
  undoable(): () => void;
}

/** Characters of a path that are shown. */
const shownPath = 512;

/**
 * Keeps the paths of the first of each loss alone, however many there are; `kinds` are those that there can be,
 * others are no loss.
 */
export function createLossReport(kinds: readonly Loss[] = losses): LossReport {
  const lines = new Map<string, ReportLine>();
  const lineOf = (lost: Loss, detail: string): ReportLine => {
    const line = lines.get(detail) ?? { lost, detail, count: 0, entries: [] };
    lines.set(detail, line);
    line.count += 1;
    return line;
  };
  const add = (lost: Loss, path: string, detail = details[lost]) => {
    if (!kinds.includes(lost)) return;
    const { entries } = lineOf(lost, detail);
    if (entries.length < limits.reportedEntries) entries.push(path.slice(0, shownPath));
  };
  return {
    add,
    note: (lost, detail) => kinds.includes(lost) && lineOf(lost, detail),
    addUnreadable: (lost, path) => add(lost, path, unreadableDetails[lost]),
    undoable() {
      const before = structuredClone(lines);
      return () => {
        lines.clear();
        for (const [detail, line] of before) lines.set(detail, line);
      };
    },
    lines: () => kinds.flatMap((kind) => [...lines.values()].filter(({ lost }) => lost === kind)),
  };
}
