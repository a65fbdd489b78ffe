import type { ProcessEnd } from './run-program.js';

/** Signals from outside: the same work may succeed at another time. */
const outsideSignals = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

/**
 * No disk space or no thread: ENOSPC, EDQUOT or EAGAIN. Matched at the start of a message only, because the names after
 * it could contain anything.
 */
const noRoom = /(?:^|\n)(?:ERROR: Can ?not [\w ]+ : )?errno=(?:28|122|11) : /;

/** A sandbox program failed to start 7-Zip: the message starts with its name. */
const notStarted = /^(?:bwrap|unshare|setpriv|prlimit|\/bin\/sh): /;

/** 7-Zip failed: it exited with a nonzero code or was ended by a signal. */
export class SevenZipError extends Error {
  override name = 'SevenZipError';

  /** `ends` holds each process that failed. */
  constructor(private readonly ends: readonly ProcessEnd[]) {
    super(ends.map(describe).join('; '));
  }

  /** True if any process was ended by the signal and this worker did not send it. */
  wasEndedBy(signal: NodeJS.Signals): boolean {
    return this.ends.some((end) => end.signal === signal && !end.killed);
  }

  /** True if the error output of any process matches. */
  says(pattern: RegExp): boolean {
    return this.said(pattern) !== null;
  }

  /** The first match in the error output of the processes. */
  said(pattern: RegExp): RegExpExecArray | null {
    for (const { stderr } of this.ends) {
      const found = pattern.exec(stderr);
      if (found) return found;
    }
    return null;
  }

  /** True if any process exceeded its limit on elapsed or CPU time. */
  get late(): boolean {
    return this.ends.some(({ late, signal }) => late || signal === 'SIGXCPU');
  }

  /** True if the input is not the cause: no disk space, no memory at the moment, or killed from outside. */
  get transient(): boolean {
    const killedOutside = this.ends.some(
      ({ signal, killed }) => signal !== null && outsideSignals.has(signal) && !killed,
    );
    return killedOutside || this.says(noRoom) || this.says(notStarted);
  }
}

function describe({ exitCode, signal, stderr }: ProcessEnd): string {
  const end = signal === null ? `exit code ${exitCode}` : signal;
  const said = stderr.replace(/\s+/g, ' ').trim();
  return `7-Zip ended with ${end}${said === '' ? '' : `: ${said}`}`;
}
