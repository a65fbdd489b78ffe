import type { Repository } from './repository.js';
import { boundaries } from './rules/boundaries.js';
import { onlyConfigReadsTheEnvironment } from './rules/environment.js';
import { folderSize } from './rules/folder-size.js';
import { layered } from './rules/layered.js';
import { noCircle } from './rules/no-circle.js';
import { production } from './rules/production.js';
import type { Rule, Violation } from './rules/rule.js';

/** A check that reads nothing is green: fewer than these are a fault of its own. */
const fewest = { files: 500, imports: 2_000 };

const readsTheRepository: Rule = {
  name: 'reads-the-repository',
  check: ({ files }) => {
    const imports = [...files.values()].reduce((sum, file) => sum + file.imports.length, 0);
    if (files.size > fewest.files && imports > fewest.imports) return [];
    return [{ path: '.', detail: `only ${files.size} files with ${imports} imports were read` }];
  },
};

export const rules: readonly Rule[] = [
  readsTheRepository,
  ...boundaries,
  ...layered,
  ...production,
  noCircle,
  onlyConfigReadsTheEnvironment,
  folderSize,
];

export interface NamedViolation extends Violation {
  readonly rule: string;
}

/** Everything in the repository that a rule forbids. */
export const check = (repository: Repository): NamedViolation[] =>
  rules.flatMap((rule) =>
    rule.check(repository).map((violation) => ({ ...violation, rule: rule.name })),
  );
