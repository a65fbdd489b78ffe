import { step } from '../process/progress.js';
import type { Supervised } from '../process/supervise.js';
import { together } from '../process/together.js';
import { partOfRun, type RunContext } from '../run/run-context.js';
import { type Environment, type ServiceName, serviceNames } from './service-environment.js';
import { serviceProgram } from './services.js';

export type Services = Record<ServiceName, Supervised>;

/**
 * Starts every service, side by side, and waits until each answers /readyz. When the run closes storage is the
 * last, because the others call it to the end.
 */
export async function openServices(
  run: RunContext,
  environments: Record<ServiceName, Environment>,
): Promise<Services> {
  const { ports, dirs, closers } = run;
  const parts = serviceNames.map((name) => {
    const program = serviceProgram(name, { ports, dirs, env: environments[name] });
    return [name, partOfRun(program, run)] as const;
  });
  const services = Object.fromEntries(parts) as Services;
  const { storage, ...others } = services;
  closers.add(() => storage.stop());
  closers.add(() => Promise.all(Object.values(others).map((service) => service.stop())));
  await step(run.progress, `Starting ${serviceNames.join(', ')}`, () =>
    together(
      Object.values(services).map((service) => (signal) => service.start(signal)),
      run.signal,
    ),
  );
  return services;
}
