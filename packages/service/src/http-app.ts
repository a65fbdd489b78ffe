import { limits } from '@comprimemelo/contracts/limits';
import { Problem } from '@comprimemelo/contracts/problem';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { answerProblems } from './answer-problems.js';
import { type Check, serveHealth } from './health.js';
import type { Logger } from './logger.js';
import { serveMetrics } from './metrics.js';
import { documentOptions } from './openapi.js';
import { requestId } from './request-context.js';

/** A Fastify instance whose handlers are typed by their TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface HttpAppOptions {
  service: string;
  logger: Logger;
  /** What /readyz asks, by name. */
  checks: Record<string, Check>;
  /** The longest body that is parsed, in bytes; streamed multipart has limits of its own. */
  bodyLimit?: number;
}

/** An API's answers are no pages: nothing in them may run, be framed or load anything. */
const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
};

/** What every process serves: problem details, request ids, health, metrics, security headers. */
export async function createHttpApp(options: HttpAppOptions): Promise<App> {
  const app = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    genReqId: requestId,
    logController: new LogController({
      requestIdLogLabel: 'requestId',
      disableRequestLogging: true,
    }),
    bodyLimit: options.bodyLimit ?? limits.bodyBytes,
    routerOptions: { maxParamLength: 512 },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // A parent proxy decides how long it waits; this only ends sockets that say nothing.
    keepAliveTimeout: 75_000,
    ajv: { customOptions: { removeAdditional: false, strictTypes: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  // Fastify would read it, and every handler would have to expect a string.
  app.removeContentTypeParser('text/plain');
  answerProblems(app as unknown as FastifyInstance);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const line = { method, url: url.split('?', 1)[0], status: reply.statusCode };
    request.log.info({ ...line, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  await app.register(helmet, securityHeaders);
  await app.register(swagger, documentOptions);
  app.addSchema(Problem);
  serveHealth(app as unknown as FastifyInstance, options.checks);
  serveMetrics(app as unknown as FastifyInstance, options.service);
  return app;
}
