import { Parser, type Result } from 'tap-parser';

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export interface TapListener {
  /** A group of test files is done. */
  onGroup(name: string, totals: Totals): void;
  onFailure(result: Result): void;
}

const sum = (all: Iterable<Totals>): Totals => {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
};

/**
 * Counts the assertions below this parser, as tap does. A subtest's closing line counts only where there are
 * none, or where it failed and none of them did.
 */
function count(parser: Parser, onFailure: TapListener['onFailure']): () => Totals {
  const own = { passed: 0, failed: 0, skipped: 0 };
  const inner: (() => Totals)[] = [];
  let latest: (() => Totals) | undefined;
  parser.on('child', (child: Parser) => {
    latest = count(child, onFailure);
    inner.push(latest);
  });
  parser.on('assert', (result: Result) => {
    const within = latest?.() ?? own;
    if (result.closingTestPoint && latest !== undefined) {
      latest = undefined;
      // What its assertions tell is counted already.
      if (result.ok ? !isEmpty(within) : within.failed > 0) return;
    }
    if (isSkipped(result)) own.skipped += 1;
    else if (result.ok) own.passed += 1;
    else fail(result);
  });
  const fail = (result: Result) => {
    own.failed += 1;
    onFailure(result);
  };
  return () => sum([own, ...inner.map((totals) => totals())]);
}

const isSkipped = ({ skip, todo }: Result) => skip !== false || todo !== false;
const isEmpty = ({ passed, failed, skipped }: Totals) => passed + failed + skipped === 0;

export interface TapCounter {
  /** Takes the runner's TAP. */
  parser: Parser;
  totals(): Totals;
}

/** Counts a runner's TAP, in which each group of test files is a subtest. */
export function countTap({ onGroup, onFailure }: TapListener): TapCounter {
  const parser = new Parser();
  const totals = count(parser, onFailure);
  let before: Totals = { passed: 0, failed: 0, skipped: 0 };
  parser.on('assert', ({ name }: Result) => {
    const now = totals();
    onGroup(name, {
      passed: now.passed - before.passed,
      failed: now.failed - before.failed,
      skipped: now.skipped - before.skipped,
    });
    before = now;
  });
  return { parser, totals };
}
