import { type Child, startChild } from './child.js';
import { removeContainer } from './docker.js';
import type { Ledger } from './ledger.js';
import { rotateLog } from './log-tail.js';
import type { Program } from './program.js';

/** Starts a program and keeps it in the ledger for as long as it lives. */
export async function launch(program: Program, ledger: Ledger): Promise<Child> {
  const { name, stopSignal, grace, container } = program;
  rotateLog(program.logFile);
  if (container !== undefined) await removeContainer(container);
  const child = await startChild(program);
  const recorded = { name, stopSignal, grace, identity: child.identity };
  try {
    ledger.add(container === undefined ? recorded : { ...recorded, container });
  } catch (error) {
    await child.stop();
    throw error;
  }
  // An entry that stays does no harm: nobody will be found under it.
  void child.exited.then(() => ledger.remove(child.identity)).catch(() => undefined);
  return child;
}
