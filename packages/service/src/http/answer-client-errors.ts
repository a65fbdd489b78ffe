import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { ProblemError } from '../problem/problem-error.js';
import type { Logger } from '../process/logger.js';

const byCode: Record<string, ProblemSlug> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** Whether a response has started on this connection: anything written now would become part of it. */
function hasAnswered(socket: Socket): boolean {
  const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse<IncomingMessage> };
  return answer?.headersSent === true;
}

/**
 * Responds to unreadable or too slow requests with problem details and closes the connection.
 * Source: the event `clientError` of Node's http.Server.
 */
export function answerClientErrors(logger: Logger) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const problem = new ProblemError(byCode[error.code ?? ''] ?? 'invalid-request');
    const id = randomUUID();
    const { instance: _, ...shown } = problem.toProblem({ url: '', id });
    logger.info({ requestId: id, problem: problem.code, detail: error.message }, 'request refused');
    const body = JSON.stringify(shown);
    const head = [
      `HTTP/1.1 ${problem.statusCode} ${STATUS_CODES[problem.statusCode]}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${id}`,
      'connection: close',
    ];
    if (socket.writable && !hasAnswered(socket)) {
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    }
    socket.destroySoon();
  };
}
