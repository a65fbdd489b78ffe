import type { FastifyInstance, FastifySchema } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import { hasFields, type Schema } from './schema.js';
import { type BodySchema, none, type RouteSchema, remember } from './takes.js';
import { unknownFields } from './unknown-fields.js';

/** The same schema, in which every object that lists its properties has no others. */
function closed<Part extends Schema>(schema: Part): Part {
  const { properties, items } = schema;
  const inner = properties && Object.entries(properties).map(([name, one]) => [name, closed(one)]);
  return {
    ...schema,
    ...(inner && { additionalProperties: false, properties: Object.fromEntries(inner) }),
    ...(items && { items: closed(items) }),
  };
}

function closedBody({ content, ...schema }: BodySchema): BodySchema {
  if (content === undefined) return closed(schema);
  const types = Object.entries(content).map(([type, media]) => [
    type,
    { ...media, schema: closed(media.schema) },
  ]);
  return { ...schema, content: Object.fromEntries(types) };
}

/** An operation without a body gets none; an empty object, which some clients always send, says nothing. */
function refuseBody(body: unknown, querystring: Schema | undefined): void {
  const takes = { body: closed(none), ...(querystring && { querystring }) };
  const errors = hasFields(body) ? unknownFields(body, 'body', takes) : [];
  const isEmpty = body === undefined || body === null || hasFields(body);
  if (!isEmpty) errors.push({ pointer: '', detail: 'This operation takes no body.' });
  if (errors.length > 0) throw new ProblemError('invalid-request', { errors });
}

/**
 * Makes every operation of the API refuse what it does not know: its body and its query are closed, also where
 * the route says nothing of them. An operation is a route with an operationId; what services and probes call
 * stays open, so that two versions can run side by side.
 */
export function closeInput(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const schema = route.schema as RouteSchema | undefined;
    if (schema?.operationId === undefined) return;
    const { body, querystring = none } = schema;
    const input = { querystring: closed(querystring), ...(body && { body: closedBody(body) }) };
    remember(input);
    route.schema = { ...schema, ...input } as FastifySchema;
  });
  app.addHook('preHandler', async ({ routeOptions, body }) => {
    const schema = routeOptions.schema as RouteSchema | undefined;
    if (schema?.operationId === undefined || schema.body !== undefined) return;
    refuseBody(body, schema.querystring);
  });
}
