import type { ProcessEnd } from './run-program.js';

/** Signals that come from outside: the same work may succeed at another time. */
const outsideSignals = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

/** No room, or no thread: ENOSPC, EDQUOT or EAGAIN at the start of a message. Names stand behind them and could say anything. */
const noRoom = /(?:^|\n)(?:ERROR: Can ?not [\w ]+ : )?errno=(?:28|122|11) : /;

/** What confines 7-Zip could not: the first words are then its own. */
const notStarted = /^(?:bwrap|unshare|setpriv|prlimit|\/bin\/sh): /;

/** 7-Zip did not do what it was asked to: another exit code than 0, or a signal. */
export class SevenZipError extends Error {
  override name = 'SevenZipError';

  /** `ends` holds each process that failed. */
  constructor(private readonly ends: readonly ProcessEnd[]) {
    super(ends.map(describe).join('; '));
  }

  /** True where any process was ended by the signal, unless this worker sent it. */
  wasEndedBy(signal: NodeJS.Signals): boolean {
    return this.ends.some((end) => end.signal === signal && !end.killed);
  }

  /** True where any process wrote that among its errors. */
  says(pattern: RegExp): boolean {
    return this.ends.some(({ stderr }) => pattern.test(stderr));
  }

  /** True where the time of any process was over: by the clock, or on the processors. */
  get late(): boolean {
    return this.ends.some(({ late, signal }) => late || signal === 'SIGXCPU');
  }

  /** True where the fault is not the work's: no room, no memory at the moment, a kill from outside. */
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
