import type { TaskProblem } from '@comprimemelo/contracts/problem';
import { type ProblemSlug, problems, problemType } from '@comprimemelo/contracts/problems';

/** Characters of an entry's path that are shown. */
const shownPath = 512;

/** The task cannot be done, now or later: what its owner is told. Any other error is worth another try. */
export class TaskFailure extends Error {
  override name = 'TaskFailure';
  readonly problem: TaskProblem;

  /** `entry` is the path of the archive's entry at fault; `cause` is for the log. */
  constructor(
    slug: ProblemSlug,
    { detail, entry, cause }: { detail?: string; entry?: string; cause?: unknown } = {},
  ) {
    super(detail ?? problems[slug].title, cause === undefined ? undefined : { cause });
    this.problem = {
      type: problemType(slug),
      title: problems[slug].title,
      ...(detail === undefined ? {} : { detail }),
      ...(entry === undefined ? {} : { entry: entry.slice(0, shownPath) }),
    };
  }
}
