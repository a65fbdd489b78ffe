import type { TaskProblem } from '@comprimemelo/contracts/problem';
import { type ProblemSlug, problems, problemType } from '@comprimemelo/contracts/problems';

/** Maximum characters shown of an entry path. */
const shownPath = 512;

/** The task cannot succeed, now or later; its owner sees this. Any other error is retried. */
export class TaskFailure extends Error {
  override name = 'TaskFailure';
  readonly problem: TaskProblem;

  /** `entry` is the path of the archive entry that caused it; `cause` is for the log. */
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
