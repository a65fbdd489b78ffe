import { missingPrograms } from '../process/find-program.js';
import type { Progress } from '../process/progress.js';
import { Refusal } from '../process/refusal.js';
import { aptInstall } from './apt-install.js';
import { candidatePackages, choosePackages, workerPrograms } from './apt-plan.js';
import { composeAnswers } from './compose.js';
import {
  findServerPrograms,
  type ServerName,
  type ServerPrograms,
  serverTitles,
} from './server-programs.js';

/** How each needed server is had: a program on this machine, or a container. */
export type Provided = { [Name in ServerName]?: ServerPrograms[Name] | 'container' };

interface ProvideOptions {
  progress: Progress;
  /** Where the output of apt-get goes. */
  logFile: string;
  signal?: AbortSignal | undefined;
}

/**
 * Finds the servers on this machine, else installs them with apt-get, else leaves them to
 * docker-compose.yml. Refuses,
 * naming the ways out, where none of that can be done. What the sandbox is made of is installed on the way.
 */
export async function provideServers(
  needed: readonly ServerName[],
  options: ProvideOptions,
): Promise<Provided> {
  let found = await findServerPrograms();
  const missing = () => needed.filter((name) => found[name] === undefined);
  const wished = missingPrograms(workerPrograms);
  const absent = [...missing().map((name) => serverTitles[name]), ...Object.keys(wished)];
  if (absent.length === 0) return found;

  options.progress(`Not on this machine: ${absent.join(', ')}`);
  const wish = {
    candidates: candidatePackages,
    choose: (known: ReadonlySet<string>) => choosePackages(missing(), known, Object.values(wished)),
  };
  const problem = await aptInstall(wish, options);
  options.signal?.throwIfAborted();
  if (problem !== undefined) options.progress(problem);
  found = await findServerPrograms();
  if (missing().length === 0) return found;

  if (!(await composeAnswers())) throw new Refusal(waysOut(missing()));
  const containers = missing().map((name) => [name, 'container'] as const);
  return { ...found, ...Object.fromEntries(containers) };
}

const packages: Record<ServerName, string> = {
  database: 'mariadb-server',
  broker: 'rabbitmq-server',
  proxy: 'nginx',
};
const addresses = { database: 'DATABASE_URL', broker: 'AMQP_URL', proxy: undefined };

function waysOut(missing: readonly ServerName[]): string {
  const titles = missing.map((name) => serverTitles[name]).join(', ');
  const list = missing.map((name) => packages[name]).join(' ');
  const given = missing.flatMap((name) => addresses[name] ?? []).join(' and ');
  const byAddress = given === '' ? '' : ` set ${given} to use running servers,`;
  return (
    `Missing: ${titles}. Ways out: install them (apt-get install ${list}),${byAddress}` +
    ' or run this as root or where sudo asks for no password, or start Docker (with Compose 2.24.4 or newer).'
  );
}
