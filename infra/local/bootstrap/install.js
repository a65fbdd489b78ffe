// @ts-check
import { existsSync } from 'node:fs';
import { fromRoot, readJson } from './checkout.js';
import { digest, installInputs, packages } from './fingerprint.js';
import { readRecord, removeRecord, writeRecord } from './record.js';
import { step } from './step.js';

const record = 'install';

/** True when each package finds what its manifest names. */
function isWhole() {
  return ['', ...packages()].every((name) => {
    const { dependencies, devDependencies } = readJson(fromRoot(name, 'package.json'));
    const wanted = Object.keys({ ...dependencies, ...devDependencies });
    return wanted.every((one) => existsSync(fromRoot(name, 'node_modules', one)));
  });
}

const command = ['pnpm', 'install', '--frozen-lockfile', '--reporter=append-only'];
const settings = [
  '--config.confirmModulesPurge=false',
  '--config.updateNotifier=false',
  // It would go by the times of the files.
  '--config.optimisticRepeatInstall=false',
];

/** Installs the packages of the workspace, unless they are there for the same manifests and lock file. */
export async function install() {
  const inputs = digest(installInputs());
  if (readRecord(record)?.inputs === inputs && isWhole()) return;
  removeRecord(record);
  await step('Installing packages', [...command, ...settings]);
  writeRecord(record, { inputs });
}

/** What is installed, for what is built with it. */
export const installed = () => readRecord(record)?.inputs;
