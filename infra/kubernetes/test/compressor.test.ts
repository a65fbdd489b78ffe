import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lanes, queues } from '@comprimemelo/contracts/queues';
import t from 'tap';
import { parse } from 'yaml';
import { fromRoot, overlayFolder, overlays, readKustomization } from './read-kustomization.js';
import { serviceIn } from './workloads.js';

/** Where the kubelet looks for profiles. Source: Kubernetes, "Restrict a Container's Syscalls with seccomp". */
const seccompRoot = '/var/lib/kubelet/seccomp';

interface ScaledObject {
  spec: {
    scaleTargetRef: { name: string };
    triggers: { metadata: { queueName: string } }[];
  };
}

for (const overlay of overlays) {
  t.test(`${overlay}: the compressor refuses to start without its sandbox`, async (t) => {
    const [{ env = [] }] = serviceIn(overlay, 'compressor').pod.containers;
    t.same(
      env.filter(({ name }) => name === 'REQUIRE_SANDBOX'),
      [{ name: 'REQUIRE_SANDBOX', value: '1' }],
    );
  });

  t.test(`${overlay}: its seccomp profile is the one that each node is given`, async (t) => {
    const { pod } = serviceIn(overlay, 'seccomp-profile');
    const [{ args = [], volumeMounts = [] }] = pod.containers;
    const host = pod.volumes?.find(({ hostPath }) => hostPath !== undefined);
    const mount = volumeMounts.find(({ name }) => name === host?.name);
    const installed = new RegExp(`^mv \\S+ ${mount?.mountPath}/(\\S+)$`, 'm').exec(args.join('\n'));
    const path = join(host?.hostPath?.path ?? '', installed?.[1] ?? '');

    const [{ securityContext }] = serviceIn(overlay, 'compressor').pod.containers;
    const { type, localhostProfile = '' } = securityContext.seccompProfile ?? {};
    t.equal(type, 'Localhost');
    t.equal(join(seccompRoot, localhostProfile), path);

    const [, source = ''] = /^cp \/profile\/(\S+) /m.exec(args.join('\n')) ?? [];
    const kustomization = readFileSync(fromRoot('infra/docker/kustomization.yaml'), 'utf8');
    const { configMapGenerator } = parse(kustomization) as {
      configMapGenerator: { name: string; files: string[] }[];
    };
    t.same(configMapGenerator.find(({ name }) => name === 'seccomp-profile')?.files, [source]);
    const compose = readFileSync(fromRoot('docker-compose.yml'), 'utf8');
    t.match(compose, `seccomp:infra/docker/${source}\n`);
  });
}

t.test('the jobs of each lane are counted for the number of compressors', async (t) => {
  const scaled = readKustomization(overlayFolder('cluster')).filter(
    ({ kind }) => kind === 'ScaledObject',
  ) as unknown as ScaledObject[];
  t.equal(scaled.length, 1);
  const triggers = scaled.flatMap(({ spec }) => spec.triggers);
  t.same(
    triggers.map(({ metadata }) => metadata.queueName),
    lanes.map((lane) => queues[lane]),
  );
  t.same(
    scaled.map(({ spec }) => spec.scaleTargetRef),
    [{ name: 'compressor' }],
  );
  t.equal(serviceIn('cluster', 'compressor').replicas, undefined, 'no other number');
});
