import { ReportLine } from '@comprimemelo/contracts/archive';
import { TaskProblem } from '@comprimemelo/contracts/problem';
import { TaskFile, TaskOptions, TaskResult } from '@comprimemelo/contracts/task';
import { DeliveryAttempt, TaskOutcome, webhookPayloads } from '@comprimemelo/contracts/webhook';
import {
  type Content,
  changeOperations,
  type OpenApiDocument,
  type Operation,
} from '../model/document.js';
import { canonical, isTree, mapValues, type Tree } from '../model/walk.js';
import { withTypes } from './explicit-types.js';

/** Shapes inside of other schemas: with a name, generated clients have a type for each. */
const shapes = {
  TaskFile,
  TaskOptions,
  TaskProblem,
  TaskResult,
  ReportLine,
  DeliveryAttempt,
  TaskOutcome,
  TaskProcessedEvent: webhookPayloads['task.processed'],
  TaskFailedEvent: webhookPayloads['task.failed'],
  TaskCancelledEvent: webhookPayloads['task.cancelled'],
  WebhookTestEvent: webhookPayloads['webhook.test'],
};

const reference = (name: string): Tree => ({ $ref: `#/components/schemas/${name}` });

/** As it stands in a document: without what only validators read. */
const plain = (schema: object): Tree => {
  const { $id: _, ...what } = JSON.parse(JSON.stringify(schema)) as Tree;
  return withTypes(what);
};

const capitalized = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;

/** Gives the schemas of an operation's bodies names, and adds them to `schemas`. */
function nameBodies(operation: Operation, schemas: Map<string, Tree>): Operation {
  const { operationId = '', requestBody } = operation;
  if (requestBody === undefined) return operation;
  const json = requestBody.content['application/json']?.schema;
  const named = Object.entries(requestBody.content).map(([type, media]) => {
    const { schema } = media;
    if (schema === undefined || '$ref' in schema) return [type, media] as const;
    const same = canonical(schema) === canonical(json);
    const isRequest = same || json === undefined || type !== 'multipart/form-data';
    const name = `${capitalized(operationId)}${isRequest ? 'Request' : 'Form'}`;
    schemas.set(name, schema);
    return [type, { ...media, schema: reference(name) }] as const;
  });
  const content: Content = Object.fromEntries(named);
  return { ...operation, requestBody: { ...requestBody, content } };
}

/**
 * The document with a name for each request body and each shape that is used in several places: wherever a
 * schema equals a named one, a reference stands.
 */
export function nameSchemas(document: OpenApiDocument): OpenApiDocument {
  const schemas = new Map<string, Tree>();
  const withBodies = changeOperations(document, (operation) => nameBodies(operation, schemas));
  for (const [name, shape] of Object.entries(shapes)) schemas.set(name, plain(shape));
  for (const [name, schema] of Object.entries(document.components.schemas ?? {})) {
    schemas.set(name, schema as Tree);
  }
  const names = new Map([...schemas].map(([name, schema]) => [canonical(schema), name]));
  // From outside in: a shape that holds another would no longer equal itself once that is a reference.
  const refer = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(refer);
    if (!isTree(value)) return value;
    const name = names.get(canonical(value));
    return name === undefined ? mapValues(value, refer) : reference(name);
  };
  const inside = [...schemas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => [name, mapValues(schema, refer)]);
  return {
    ...withBodies,
    paths: refer(withBodies.paths) as OpenApiDocument['paths'],
    components: { ...document.components, schemas: Object.fromEntries(inside) },
  };
}
