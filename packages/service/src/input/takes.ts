import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import type { Schema } from './schema.js';
import { type Takes, unknownFields } from './unknown-fields.js';

export interface BodySchema extends Schema {
  content?: Record<string, { schema: Schema }>;
}

export interface RouteSchema {
  operationId?: string;
  body?: BodySchema;
  querystring?: Schema;
}

/** Of a part of a request that an operation says nothing of. */
export const none: Schema = { type: 'object', properties: {} };

/** What the operation takes whose body, or query, has this schema. */
const takesBySchema = new WeakMap<object, Takes>();

/** What an operation takes, by the schema of a part of it. */
export const takesOf = (schema: object): Takes => takesBySchema.get(schema) ?? {};

const bodiesOf = ({ body }: RouteSchema): Schema[] => {
  if (body?.content === undefined) return body === undefined ? [] : [body];
  return Object.values(body.content).map(({ schema }) => schema);
};

/** Keeps what an operation takes, for those who know only the schema of a part of it. */
export function remember(route: RouteSchema): void {
  const { querystring = none } = route;
  const bodies = bodiesOf(route);
  const [body = none, ...otherBodies] = bodies;
  takesBySchema.set(querystring, { querystring, body, otherBodies });
  for (const body of bodies) {
    const otherBodies = bodies.filter((one) => one !== body);
    takesBySchema.set(body, { querystring, body, otherBodies });
  }
}

/** What an operation takes in a body of this type, which it reads by itself. */
export function takesOfRequest({ routeOptions }: FastifyRequest, mediaType: string): Takes {
  const { body } = (routeOptions.schema ?? {}) as RouteSchema;
  const schema = body?.content?.[mediaType]?.schema ?? body;
  return schema === undefined ? {} : takesOf(schema);
}

/** Throws `invalid-request` for fields of a body that the operation does not know. */
export function refuseUnknown(request: FastifyRequest, mediaType: string): void {
  const errors = unknownFields(request.body, 'body', takesOfRequest(request, mediaType));
  if (errors.length > 0) throw new ProblemError('invalid-request', { errors });
}
