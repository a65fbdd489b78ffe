import { limits } from '@comprimemelo/contracts/limits';
import { discardRequestBody } from '@comprimemelo/service/http/discard-request-body';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import type { FastifyRequest } from 'fastify';
import { guardBody, guardedParts, type Pace } from './body-guard.js';
import { FormReceiver } from './form-receiver.js';
import { multipartProblem } from './multipart-problem.js';
import { PartHeaders } from './part-headers.js';
import type { ReceivedForm } from './received-form.js';

export interface ReceiveOptions {
  /** Total size of all files in bytes. */
  maxBytes: number;
  /** Default: limits.files. */
  maxFiles?: number;
  /** A slower client is disconnected. */
  pace?: Pace;
}

/** What a poor mobile connection still achieves. Time spent waiting for storage does not count. */
const defaultPace: Pace = { bytes: 30_000, milliseconds: 30_000 };

/** Bytes of a body beyond its files: boundaries, part headers and fields. */
const framingBytes = limits.bodyBytes;

/** Fields that may stand before each file: its path and its time. */
const fieldsPerFile = 2;

/** Maximum number of header lines per part. */
const headerPairs = 20;

const parserOptions = (maxFiles: number) => ({
  preservePath: true,
  fileHwm: 256 * 1024,
  throwFileSizeLimit: false,
  isPartAFile: (_field: unknown, _type: unknown, fileName: string | undefined) =>
    fileName !== undefined,
  limits: {
    files: maxFiles,
    fields: limits.fields + fieldsPerFile * maxFiles,
    parts: maxFiles * (1 + fieldsPerFile) + limits.fields + 1,
    fieldSize: limits.fieldBytes,
    // Bytes are counted over all files together while they are streamed to storage.
    fileSize: Number.POSITIVE_INFINITY,
    headerPairs,
  },
});

/**
 * Reads a multipart form, its fields and files in any order, and streams every file to storage as it arrives. The path
 * and the time of a file stand before it, or in its part. A part that the operation's schema does not name is refused
 * before its bytes are read. The app must have @fastify/multipart. What fails throws a ProblemError
 * (`upload-too-large`, `upload-truncated`, `malformed-multipart`, `too-many-files`, `unusable-name`, `invalid-request`,
 * `request-timeout`, `unavailable`, `insufficient-storage`), after everything that this request stored
 * is deleted.
 */
export async function receiveMultipart(
  request: FastifyRequest,
  storage: StorageClient,
  { maxBytes, maxFiles = limits.files, pace = defaultPace }: ReceiveOptions,
): Promise<ReceivedForm> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + framingBytes) {
    // Not `Connection: close`: nginx would hit a closed socket while it is still sending, and respond with 502.
    discardRequestBody(request);
    throw new ProblemError('upload-too-large', {
      detail: `The files of one request may have at most ${maxBytes} bytes together.`,
    });
  }
  const guard = guardBody(request.raw, { maxBytes: maxBytes + framingBytes, pace });
  const headers = new PartHeaders(request.headers['content-type']);
  request.raw.on('data', headers.push);
  const receiver = new FormReceiver(request, storage, { maxBytes, guard, headers });
  try {
    const parts = request.parts(parserOptions(maxFiles));
    for await (const part of guardedParts(parts, guard)) await receiver.take(part);
    return receiver.end();
  } catch (error) {
    discardRequestBody(request);
    await deleteBlobs(storage, receiver.keys);
    throw multipartProblem(error, receiver.sawPart);
  } finally {
    request.raw.off('data', headers.push);
    guard.close();
  }
}
