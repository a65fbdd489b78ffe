import { readFileSync } from 'node:fs';
import t from 'tap';
import { fromRoot, overlayFolder, overlays, readKustomization } from './read-kustomization.js';
import { serviceIn } from './workloads.js';

const template = readFileSync(fromRoot('infra/nginx/nginx.conf.template'), 'utf8');
const named = [...template.matchAll(/\$\{(NGINX_[A-Z_]+)\}/g)].map(([, name]) => name ?? '');

for (const overlay of overlays) {
  const { labels, pod } = serviceIn(overlay, 'nginx');
  const variables = (pod.containers[0].env ?? []).filter(
    ({ name }) => !name.startsWith('NGINX_ENVSUBST_'),
  );

  t.test(`${overlay}: nginx is told all that its template names, and nothing else`, async (t) => {
    t.same(variables.map(({ name }) => name).sort(), [...new Set(named)].sort());
  });

  t.test(`${overlay}: what nginx leads to is there, and lets it in`, async (t) => {
    const services = readKustomization(overlayFolder(overlay)).filter(
      ({ kind }) => kind === 'Service',
    );
    const hosts = variables.flatMap(({ value }) => /^([a-z]+):8080$/.exec(value ?? '')?.[1] ?? []);
    t.ok(hosts.length >= 4);
    for (const host of hosts) {
      t.ok(
        services.some(({ metadata }) => metadata.name === host),
        host,
      );
      t.equal(labels[`calls-${host}`], 'true', `calls-${host}`);
    }
  });
}
