import t from 'tap';
import { overlayFolder, overlays, readKustomization } from './read-kustomization.js';

interface Peer {
  podSelector?: { matchLabels?: Record<string, string> };
  namespaceSelector?: object;
  ipBlock?: object;
}

interface PolicySpec {
  podSelector: { matchLabels?: Record<string, string> };
  policyTypes: string[];
  ingress?: { from?: Peer[]; ports: object[] }[];
  egress?: { to?: Peer[]; ports?: { port: number }[] }[];
}

/** The label that a pod needs to call a Service. */
const labelFor = (service: string): string =>
  ({ mysql: 'uses-database', rabbitmq: 'uses-broker' })[service] ?? `calls-${service}`;

for (const overlay of overlays) {
  const manifests = readKustomization(overlayFolder(overlay));
  const policies = new Map(
    manifests
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata, spec }) => [metadata.name, spec as unknown as PolicySpec]),
  );

  t.test(`${overlay}: what no policy names is closed, in and out`, async (t) => {
    const inside = policies.get('inside');
    t.same(inside?.podSelector, {});
    t.same(inside?.policyTypes, ['Ingress', 'Egress']);
    t.equal(inside?.ingress, undefined);
  });

  t.test(`${overlay}: each Service is open to those with its label, nginx to all`, async (t) => {
    const services = manifests.filter(({ kind }) => kind === 'Service');
    t.ok(services.length > 4);
    for (const { metadata } of services) {
      const { podSelector, policyTypes, ingress = [] } = policies.get(metadata.name) ?? {};
      t.same(podSelector, { matchLabels: { 'app.kubernetes.io/name': metadata.name } });
      t.same(policyTypes, ['Ingress']);
      const from = [{ podSelector: { matchLabels: { [labelFor(metadata.name)]: 'true' } } }];
      t.same(
        ingress.map((rule) => rule.from),
        [metadata.name === 'nginx' ? undefined : from],
        metadata.name,
      );
    }
  });

  t.test(`${overlay}: the namespace is left for names, and by few`, async (t) => {
    const leaving = [...policies].flatMap(([name, { podSelector, egress = [] }]) =>
      egress
        .filter(({ to }) => to === undefined || to.some((peer) => peer.podSelector === undefined))
        .map(({ ports = [] }) => ({ name, podSelector, ports: ports.map(({ port }) => port) })),
    );
    const labelled = (label: string) => ({ matchLabels: { [label]: 'true' } });
    const outside = [
      { name: 'database', podSelector: labelled('uses-database'), ports: [3306] },
      { name: 'broker', podSelector: labelled('uses-broker'), ports: [5672, 5671] },
    ];
    t.same(leaving, [
      { name: 'inside', podSelector: {}, ports: [53, 53] },
      ...(overlay === 'single-node' ? [] : outside),
      {
        name: 'notifier',
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'notifier' } },
        ports: [25, 465, 587, 2525],
      },
      {
        name: 'webhooks-out',
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'webhooks' } },
        ports: [undefined],
      },
    ]);
  });
}
