import t from 'tap';
import { overlays } from './read-kustomization.js';
import { containersOf, workloadsOf } from './workloads.js';

for (const overlay of overlays) {
  for (const workload of workloadsOf(overlay)) {
    const { kind, name, pod } = workload;
    t.test(`${overlay}: ${name} has no rights that it does not need`, async (t) => {
      t.equal(pod.automountServiceAccountToken, false);
      t.equal(pod.enableServiceLinks, false);
      t.equal(pod.hostNetwork ?? pod.hostPID, undefined);
      t.equal(pod.securityContext.seccompProfile?.type, 'RuntimeDefault');
      if (kind === 'DaemonSet') t.equal(name, 'seccomp-profile', 'the one that is root');
      else t.ok(pod.securityContext.runAsNonRoot && pod.securityContext.runAsUser);
      const host = pod.volumes?.filter(({ hostPath }) => hostPath !== undefined) ?? [];
      t.equal(host.length, kind === 'DaemonSet' ? 1 : 0, 'folders of the node');
      for (const { securityContext: context, ...container } of containersOf(workload)) {
        t.equal(context.allowPrivilegeEscalation, false);
        t.same(context.capabilities, { drop: ['ALL'] });
        t.equal(context.privileged ?? context.runAsUser ?? context.runAsNonRoot, undefined);
        t.equal(context.readOnlyRootFilesystem, container.name !== 'rabbitmq', container.name);
        if (name === 'compressor') continue;
        t.equal(context.seccompProfile ?? context.appArmorProfile, undefined);
      }
    });

    t.test(`${overlay}: ${name} is bounded and watched`, async (t) => {
      for (const { resources, name: container } of containersOf(workload)) {
        t.ok(resources.limits.memory && resources.requests.memory, `memory of ${container}`);
        t.ok(resources.requests.cpu, `cores of ${container}`);
      }
      if (kind === 'DaemonSet') return;
      for (const { startupProbe, readinessProbe } of pod.containers) {
        t.ok(startupProbe && readinessProbe);
      }
    });
  }
}
