import { readFileSync } from 'node:fs';
import t from 'tap';
import { parse } from 'yaml';
import { fromRoot, overlays } from './read-kustomization.js';
import {
  environmentOf,
  imageEnvironment,
  makeSecrets,
  serviceNames,
  settingsOf,
  variablesRead,
} from './service-environment.js';
import { serviceIn, workloadsOf } from './workloads.js';

const compose = parse(readFileSync(fromRoot('docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, { image: string; command: string[]; stop_grace_period: string }>;
};

t.test('each service has a Deployment, and there are no others', async (t) => {
  for (const overlay of overlays) {
    const deployed = workloadsOf(overlay).filter(
      ({ labels }) => labels['app.kubernetes.io/component'] === 'service',
    );
    t.same(deployed.map(({ name }) => name).sort(), serviceNames.toSorted(), overlay);
  }
});

for (const overlay of overlays) {
  const secrets = makeSecrets(t.testdir());
  if (overlay === 'cluster') secrets.SMTP_URL = 'smtps://user:password@mail.example';
  const settings = settingsOf(overlay);
  const used = new Set(['CORS_ORIGINS']);

  for (const name of serviceNames) {
    t.test(
      `${overlay}: ${name} is told what it has to know, and its own variables are read`,
      async (t) => {
        const { labels, pod } = serviceIn(overlay, name);
        const [container] = pod.containers;
        const asked = await variablesRead(name, environmentOf(container, { settings, secrets }));
        const own = container.env ?? [];
        for (const variable of own) {
          const reference = `$(${variable.name})`;
          const isPart = own.some(({ value }) => value?.includes(reference));
          t.ok(isPart || asked.has(variable.name), `${variable.name} is read`);
        }
        for (const variable of asked) used.add(variable);
        t.equal(labels['uses-database'] === 'true', asked.has('DATABASE_URL'), 'uses-database');
        t.equal(labels['uses-broker'] === 'true', asked.has('AMQP_URL'), 'uses-broker');
        t.equal(labels['calls-auth'] === 'true', asked.has('JWKS_URL'), 'calls-auth');
        t.equal(labels['calls-storage'] === 'true', asked.has('STORAGE_URL'), 'calls-storage');
      },
    );
  }

  t.test(`${overlay}: every setting is read by somebody`, async (t) => {
    for (const name of Object.keys(settings)) t.ok(used.has(name), name);
  });

  t.test(`${overlay}: images and commands are Compose's`, async (t) => {
    const longRunning = workloadsOf(overlay).filter(({ kind }) => kind !== 'DaemonSet');
    t.ok(longRunning.length > serviceNames.length);
    for (const { name, pod } of longRunning) {
      const { image, command } = compose.services[name] ?? {};
      t.equal(pod.containers[0].image, image, `image of ${name}`);
      t.same(pod.containers[0].args, command, `command of ${name}`);
    }
  });
}

t.test('the probes ask where the image listens', async (t) => {
  t.equal(imageEnvironment().PORT, '8080');
  for (const name of serviceNames) {
    const [{ livenessProbe, readinessProbe }] = serviceIn('cluster', name).pod.containers;
    t.equal(livenessProbe?.httpGet.path, '/livez', name);
    t.equal(readinessProbe?.httpGet?.path, '/readyz', name);
  }
});

t.test('a service is given the time that it takes to close', async (t) => {
  for (const name of serviceNames) {
    const { terminationGracePeriodSeconds: grace, containers } = serviceIn('cluster', name).pod;
    const pause = Number(containers[0].lifecycle?.preStop.exec.command[1]);
    const inCompose = Number(compose.services[name]?.stop_grace_period.replace('s', ''));
    t.ok(pause > 0);
    t.ok(grace - pause >= inCompose, `${grace} s of ${name}`);
  }
});
