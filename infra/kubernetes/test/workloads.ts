import {
  type Manifest,
  type Overlay,
  overlayFolder,
  readKustomization,
} from './read-kustomization.js';

export interface Variable {
  name: string;
  value?: string;
  valueFrom?: {
    secretKeyRef?: { name: string; key: string; optional?: boolean };
    configMapKeyRef?: { name: string; key: string };
  };
}

interface SecurityContext {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
  privileged?: boolean;
  seccompProfile?: { type: string; localhostProfile?: string };
  appArmorProfile?: { type: string };
}

export interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: Variable[];
  envFrom?: { configMapRef: { name: string } }[];
  securityContext: SecurityContext;
  resources: Record<'requests' | 'limits', Record<string, string>>;
  volumeMounts?: { name: string; mountPath: string }[];
  startupProbe?: object;
  livenessProbe?: { httpGet: { path: string } };
  readinessProbe?: { httpGet?: { path: string } };
  lifecycle?: { preStop: { exec: { command: string[] } } };
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken: boolean;
  enableServiceLinks: boolean;
  shareProcessNamespace?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  terminationGracePeriodSeconds: number;
  securityContext: SecurityContext;
  initContainers?: Container[];
  containers: [Container, ...Container[]];
  volumes?: ({ name: string; hostPath?: { path: string } } & Record<string, unknown>)[];
}

export interface Workload {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  name: string;
  labels: Record<string, string>;
  replicas: number | undefined;
  pod: PodSpec;
}

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

function workload({ kind, metadata, spec }: Manifest): Workload {
  const { replicas, template } = spec as unknown as {
    replicas?: number;
    template: { metadata: { labels: Record<string, string> }; spec: PodSpec };
  };
  return {
    kind: kind as Workload['kind'],
    name: metadata.name,
    labels: template.metadata.labels,
    replicas,
    pod: template.spec,
  };
}

/** Everything of an overlay that runs pods. */
export const workloadsOf = (overlay: Overlay): Workload[] =>
  readKustomization(overlayFolder(overlay))
    .filter(({ kind }) => kinds.includes(kind))
    .map(workload);

export const containersOf = ({ pod }: Workload): Container[] => [
  ...(pod.initContainers ?? []),
  ...pod.containers,
];

/** A service's Deployment. Throws where there is none. */
export function serviceIn(overlay: Overlay, name: string): Workload {
  const found = workloadsOf(overlay).find((one) => one.name === name);
  if (found === undefined) throw new Error(`${overlay} has no ${name}`);
  return found;
}
