import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { applyJsonPatch, type JsonObject, type JsonPatchStep, mergePatch } from './merge-patch.js';

/** The checkout. This file runs as infra/kubernetes/dist/test/read-kustomization.js. */
export const fromRoot = (...path: string[]): string =>
  join(fileURLToPath(new URL('../../../../', import.meta.url)), ...path);

export const overlays = ['cluster', 'single-node'] as const;
export type Overlay = (typeof overlays)[number];

export interface Manifest extends JsonObject {
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
}

interface Patch {
  path?: string;
  patch?: string;
  target?: { kind: string; name?: string; labelSelector?: string };
}

interface Kustomization {
  resources?: string[];
  components?: string[];
  patches?: Patch[];
}

const yaml = { merge: true } as const;

/** By their text: each test reads the same files, and parsing them is most of its work. */
const read = new Map<string, Manifest[]>();

function readDocuments(text: string): Manifest[] {
  const before = read.get(text);
  const documents =
    before ?? parseAllDocuments(text, yaml).map((document) => document.toJS() as Manifest);
  read.set(text, documents);
  return structuredClone(documents);
}

const isMeant = ({ kind, metadata }: Manifest, target: NonNullable<Patch['target']>): boolean => {
  const [label = '', value] = target.labelSelector?.split('=') ?? [];
  return (
    kind === target.kind &&
    (target.name === undefined || metadata.name === target.name) &&
    (label === '' || metadata.labels?.[label] === value)
  );
};

/** Applies `apply` to what is meant. Throws where nothing is: kustomize lets some such patches pass. */
function change(
  manifests: Manifest[],
  target: NonNullable<Patch['target']>,
  apply: (manifest: Manifest) => JsonObject[],
): Manifest[] {
  if (!manifests.some((one) => isMeant(one, target))) {
    throw new Error(`No manifest is ${JSON.stringify(target)}`);
  }
  return manifests.flatMap((one) => (isMeant(one, target) ? apply(one) : [one])) as Manifest[];
}

/** Its own name is not the target's. */
const merged = (manifest: Manifest, { metadata, ...patch }: Manifest): JsonObject[] =>
  patch.$patch === 'delete' ? [] : [mergePatch(manifest, patch)];

function applyPatch(manifests: Manifest[], folder: string, { path, patch, target }: Patch) {
  const text = path === undefined ? (patch ?? '') : readFileSync(join(folder, path), 'utf8');
  const steps: unknown = path === undefined ? parse(text, yaml) : undefined;
  if (target !== undefined && Array.isArray(steps)) {
    return change(manifests, target, (one) => [applyJsonPatch(one, steps as JsonPatchStep[])]);
  }
  return readDocuments(text).reduce(
    (all, own) =>
      change(all, target ?? { kind: own.kind, name: own.metadata.name }, (one) => merged(one, own)),
    manifests,
  );
}

/**
 * What `kubectl kustomize` makes of a folder, by the few of its features that are used here: resources, components
 * and patches. Names keep no hashes, and nothing is generated. `given` is what a component changes.
 */
export function readKustomization(folder: string, given: Manifest[] = []): Manifest[] {
  const text = readFileSync(join(folder, 'kustomization.yaml'), 'utf8');
  const { resources = [], components = [], patches = [] } = parse(text, yaml) as Kustomization;
  const own = resources.flatMap((path) =>
    path.endsWith('.yaml')
      ? readDocuments(readFileSync(join(folder, path), 'utf8'))
      : readKustomization(join(folder, path)),
  );
  const all = components.reduce(
    (manifests, component) => readKustomization(join(folder, component), manifests),
    [...given, ...own],
  );
  return patches.reduce((manifests, patch) => applyPatch(manifests, folder, patch), all);
}

export const overlayFolder = (overlay: Overlay): string =>
  fromRoot('infra/kubernetes/overlays', overlay);

/** The lines `NAME=value` of a file. */
export function readEnvFile(path: string): Record<string, string> {
  const lines = readFileSync(path, 'utf8').split('\n');
  const pairs = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/, 2));
  return Object.fromEntries(pairs);
}
