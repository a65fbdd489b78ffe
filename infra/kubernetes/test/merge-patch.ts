export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** What tells the entries of a list apart; any other list is replaced whole. Source: patchMergeKey in Kubernetes' API. */
const mergeKeys: Record<string, string> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mergeLists(target: Json[], patch: Json[], key: string): Json[] {
  const entries = new Map(target.filter(isObject).map((entry) => [entry[key], entry]));
  for (const entry of patch.filter(isObject)) {
    entries.set(entry[key], mergePatch(entries.get(entry[key]) ?? {}, entry));
  }
  return [...entries.values()];
}

function mergeValues(name: string, target: Json | undefined, patch: Json): Json {
  if (isObject(target) && isObject(patch)) return mergePatch(target, patch);
  const key = mergeKeys[name];
  if (key !== undefined && Array.isArray(patch)) {
    return mergeLists(Array.isArray(target) ? target : [], patch, key);
  }
  return patch;
}

/** A strategic merge patch, applied. Source: Kubernetes, "Update API objects in place using kubectl patch". */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const changed = Object.entries(patch).map(([name, value]) => [
    name,
    mergeValues(name, target[name], value),
  ]);
  return { ...target, ...Object.fromEntries(changed) };
}

export interface JsonPatchStep {
  op: 'add' | 'remove';
  path: string;
  value?: Json;
}

/** The steps of a JSON patch that these manifests use: of members of objects. Source: RFC 6902. */
export function applyJsonPatch(target: JsonObject, steps: JsonPatchStep[]): JsonObject {
  const changed = structuredClone(target);
  for (const { op, path, value } of steps) {
    const names = path.split('/').slice(1);
    const last = names.pop() ?? '';
    const at = names.reduce<Json | undefined>(
      (inner, name) => (isObject(inner) ? inner[name] : undefined),
      changed,
    );
    if (!isObject(at)) throw new Error(`There is no ${path} to patch`);
    if (op === 'remove') delete at[last];
    else at[last] = value ?? null;
  }
  return changed;
}
