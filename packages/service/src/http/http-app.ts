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
import { closeInput } from '../input/closed-input.js';
import { readJsonBodies } from '../input/json-bodies.js';
import { explainingValidators } from '../input/validator.js';
import type { Logger } from '../process/logger.js';
import { answerClientErrors } from './answer-client-errors.js';
import { answerProblems, sendProblem, toProblemError } from './answer-problems.js';
import { boundJsonBodies } from './body-deadline.js';
import { boundClosing } from './bound-closing.js';
import { verifyContentDigests } from './content-digest.js';
import { type Check, serveHealth } from './health.js';
import { serveMetrics } from './metrics.js';
import { documentOptions } from './openapi.js';
import { requestId, traceContext } from './request-context.js';

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
  /** The checks of /readyz, by name. */
  checks: Record<string, Check>;
  /** Maximum size of a parsed body in bytes. Streamed multipart forms have their own limits. */
  bodyLimit?: number;
  /** Names of checks that the service can do without: if one fails, /readyz reports `degraded`. */
  optional?: readonly string[];
  /** Identifies errors after which the same request may succeed later: 503 with Retry-After. */
  unavailable?: (error: unknown) => boolean;
  /**
   * Milliseconds for a whole request to arrive, including its body. 0 for an app that streams uploads and limits their
   * minimum rate instead.
   */
  requestTimeout?: number;
  /** True where a slash at the end of a path counts, as in a key. Default: it is ignored. */
  exactPaths?: boolean;
  /**
   * Peers whose X-Forwarded-For names the client: addresses and networks, `loopback`, `uniquelocal`,
   * separated by commas. Without it `request.ip` is the peer.
   */
  trustedProxies?: string;
}

/** Milliseconds. With the check interval of the server, slow requests end within a minute. */
const defaultRequestTimeout = 50_000;
const lookInterval = 5_000;
/** Milliseconds for the request headers. Must not exceed the request timeout, or Node would swap the two. */
const headersTimeout = 20_000;

/** API responses are not pages, so nothing in them may run scripts, be framed or load resources. */
const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
};

/** Creates the common base of every process: problem details, request ids, health, metrics and security headers. */
export async function createHttpApp(options: HttpAppOptions): Promise<App> {
  const { requestTimeout = defaultRequestTimeout } = options;
  const app = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    genReqId: requestId,
    logController: new LogController({
      requestIdLogLabel: 'requestId',
      disableRequestLogging: true,
    }),
    bodyLimit: options.bodyLimit ?? limits.bodyBytes,
    requestTimeout,
    http: {
      connectionsCheckingInterval: lookInterval,
      headersTimeout: Math.min(headersTimeout, requestTimeout || headersTimeout),
    },
    clientErrorHandler: answerClientErrors(options.logger),
    frameworkErrors: (error, request, reply) =>
      sendProblem(toProblemError(error), request, reply as never),
    childLoggerFactory: (logger, bindings, childOptions, request) =>
      logger.child({ ...bindings, ...traceContext(request) }, childOptions),
    trustProxy: options.trustedProxies ?? false,
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: !options.exactPaths },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // The proxy in front decides how long to wait; this only closes idle sockets.
    keepAliveTimeout: 75_000,
    ajv: { customOptions: { removeAdditional: false, strictTypes: false } },
    schemaController: { compilersFactory: { buildValidator: explainingValidators() as never } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  // Otherwise Fastify would parse it and every handler would have to expect a string.
  app.removeContentTypeParser('text/plain');
  readJsonBodies(app as unknown as FastifyInstance);
  answerProblems(app as unknown as FastifyInstance, options);
  closeInput(app as unknown as FastifyInstance);
  boundClosing(app as unknown as FastifyInstance);
  if (requestTimeout === 0)
    boundJsonBodies(app as unknown as FastifyInstance, defaultRequestTimeout);
  verifyContentDigests(app as unknown as FastifyInstance);
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
  serveHealth(app as unknown as FastifyInstance, options.checks, options.optional);
  serveMetrics(app as unknown as FastifyInstance, options.service);
  return app;
}
