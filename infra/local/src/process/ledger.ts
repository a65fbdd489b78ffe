import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, isAlive, type ProcessIdentity } from './process-identity.js';
import type { Program } from './program.js';
import { Refusal } from './refusal.js';

/** A process of a run, as it is needed to stop it when its supervisor is gone. */
export type RecordedChild = Pick<Program, 'name' | 'stopSignal' | 'grace' | 'container'> & {
  identity: ProcessIdentity;
};

export interface RunRecord {
  supervisor: ProcessIdentity;
  origin: string;
  /** Carried by each process of the run in its environment. */
  mark: string;
  children: RecordedChild[];
}

/** The run that a data directory tells of; undefined where there is none. */
export function readRun(file: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

export interface Ledger {
  mark: string;
  add(child: RecordedChild): void;
  remove(identity: ProcessIdentity): void;
  /** The run is over and nothing is left of it. */
  close(): void;
}

/** Claims the data directory for this process. Refuses where a living process has it. */
export function openLedger(file: string, origin: string): Ledger {
  const supervisor = identify(process.pid);
  if (supervisor === undefined)
    throw new Refusal('/proc is required to identify processes, but it is not available.');
  const record: RunRecord = {
    supervisor,
    origin,
    mark: randomBytes(12).toString('hex'),
    children: [],
  };
  claim(file, record);
  const save = () => {
    writeFileSync(`${file}.partial`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.partial`, file);
  };
  return {
    mark: record.mark,
    add(child) {
      record.children.push(child);
      save();
    },
    remove({ pid }) {
      record.children = record.children.filter(({ identity }) => identity.pid !== pid);
      save();
    },
    close() {
      rmSync(`${file}.partial`, { force: true });
      rmSync(file, { force: true });
    },
  };
}

/** A link appears whole or not at all: nobody reads half a record. */
function claim(file: string, record: RunRecord): void {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, JSON.stringify(record), { mode: 0o600 });
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = readRun(file);
    const owner =
      other !== undefined && isAlive(other.supervisor)
        ? `pid ${other.supervisor.pid}, ${other.origin}`
        : 'another process that is just starting';
    throw new Refusal(`The system is already running (${owner}). Stop it with: npm stop`);
  } finally {
    rmSync(own, { force: true });
  }
}
