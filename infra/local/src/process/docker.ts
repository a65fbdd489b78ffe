import { runCommand } from './run-command.js';

/** Removes a container, running or not; does nothing where there is none. */
export async function removeContainer(name: string): Promise<void> {
  await runCommand('docker', ['rm', '--force', '--volumes', name]);
}
