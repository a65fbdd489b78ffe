import { Refusal } from '../process/refusal.js';
import type { Supervised } from '../process/supervise.js';
import { type RunContext, runEnvironment } from '../run/run-context.js';
import type { Servers } from './open-given-or-private.js';
import type { Services } from './open-services.js';
import { type ServiceName, serviceNames, serviceUrl } from './service-environment.js';

/** A running system. */
export interface System {
  /** Where clients reach it. */
  origin: string;
  urls: {
    database: string;
    amqp: string;
    /** The broker's management API, where it was started for tests. */
    management: string | undefined;
    services: Record<ServiceName, string>;
  };
  directories: { blobs: string; scratch: string; mail: string; logs: string };
  /** What a process is to carry in its environment that is to end with the system. */
  environment: Readonly<Record<string, string>>;
  /** The pids of the services; one that is just being restarted has none. */
  pids(): Partial<Record<ServiceName, number>>;
  /** Stops a service in order and starts it again; resolves when it is ready. */
  restart(service: ServiceName): Promise<void>;
  /** Signals a service. One that dies of it is started again. */
  kill(service: ServiceName, signal: NodeJS.Signals): void;
  /** Stops the private broker until startBroker. */
  stopBroker(): Promise<void>;
  startBroker(): Promise<void>;
  /** Stops everything that was started, in order. */
  close(): Promise<void>;
}

interface Parts extends Omit<Servers, 'provided'> {
  run: RunContext;
  origin: string;
  services: Services;
}

/** What a caller of startSystem holds. */
export function toSystem({ run, origin, database, broker, services }: Parts): System {
  const { blobs, scratch, mail, logs } = run.dirs;
  const privateBroker = (): Supervised => {
    if (broker.server === undefined)
      throw new Refusal('The broker is external, so it cannot be stopped.');
    return broker.server;
  };
  const perService = <T>(value: (name: ServiceName) => T) =>
    Object.fromEntries(serviceNames.map((name) => [name, value(name)])) as Record<ServiceName, T>;
  return {
    origin,
    urls: {
      database: database.url,
      amqp: broker.url,
      management: broker.management,
      services: perService((name) => serviceUrl(run.ports, name)),
    },
    directories: { blobs, scratch, mail, logs },
    environment: runEnvironment(run),
    pids: () => perService((name) => services[name].pid()) as Partial<Record<ServiceName, number>>,
    async restart(name) {
      await services[name].stop();
      await services[name].start();
    },
    kill: (name, signal) => services[name].signal(signal),
    stopBroker: () => privateBroker().stop(),
    startBroker: () => privateBroker().start(),
    close: () => run.closers.close(),
  };
}
