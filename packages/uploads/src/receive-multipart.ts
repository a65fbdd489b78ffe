import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { limits } from '@comprimemelo/contracts/limits';
import { discardRequestBody } from '@comprimemelo/service/http/discard-request-body';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { deleteBlobs } from '@comprimemelo/storage-client/delete-blobs';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { type BodyGuard, guardBody, guardedParts, type Pace } from './body-guard.js';
import { FormFields } from './form-fields.js';
import { multipartProblem } from './multipart-problem.js';
import { partMediaType, partName } from './part-name.js';

/** A stored file with a new id and the name that the client sent. */
export interface ReceivedFile {
  id: string;
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
  sha256: string;
  blobKey: string;
}

export interface ReceivedForm {
  /** By name. */
  fields: Record<string, string>;
  files: ReceivedFile[];
}

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
    fields: limits.fields,
    parts: maxFiles + limits.fields + 1,
    fieldSize: limits.fieldBytes,
    // Bytes are counted over all files together while they are streamed to storage.
    fileSize: Number.POSITIVE_INFINITY,
    headerPairs,
  },
});

/** An empty file input: browsers send it with no name and no bytes. */
async function isEmptyInput({ filename, file }: MultipartFile): Promise<boolean> {
  if (filename !== '') return false;
  for await (const chunk of file as AsyncIterable<Buffer>) if (chunk.length > 0) return false;
  return true;
}

/** Receives one form. */
class FormReceiver {
  readonly #fields: FormFields;
  readonly #files: ReceivedFile[] = [];
  /** Every key under which this request may have stored something. */
  readonly keys: string[] = [];
  sawPart = false;
  readonly #storage: StorageClient;
  #bytesLeft: number;
  #current: MultipartFile | undefined;

  constructor(
    request: FastifyRequest,
    storage: StorageClient,
    maxBytes: number,
    { broken }: BodyGuard,
  ) {
    this.#fields = new FormFields(request);
    this.#storage = storage;
    this.#bytesLeft = maxBytes;
    broken.catch((problem) => this.#current?.file.destroy(problem));
  }

  get form(): ReceivedForm {
    return { fields: this.#fields.values, files: this.#files };
  }

  async take(part: Multipart): Promise<void> {
    this.sawPart = true;
    if (part.fieldname === undefined) {
      throw new ProblemError('malformed-multipart', {
        detail: 'A part of the form has no name. Send each part with a `name`.',
      });
    }
    this.#fields.refuseUnknown(part);
    if (part.type === 'field') {
      this.#fields.keep(part);
      return;
    }
    this.#current = part;
    if (!(await isEmptyInput(part))) await this.#store(part);
  }

  async #store(part: MultipartFile): Promise<void> {
    const name = partName(part.filename);
    const id = v7();
    const key = blobKey('uploads', id);
    this.keys.push(key);
    const stored = await this.#storage.put(key, part.file, { maxBytes: this.#bytesLeft });
    this.#bytesLeft -= stored.size;
    const mediaType = partMediaType(part.mimetype);
    this.#files.push({ id, name, mediaType, ...stored, blobKey: key });
  }
}

/**
 * Reads a multipart form, its fields and files in any order, and streams every file to storage as it
 * arrives. A part that the operation's schema does not name is refused before its bytes are read. The app must have @fastify/multipart. What fails throws a ProblemError (`upload-too-large`,
 * `upload-truncated`, `malformed-multipart`, `too-many-files`, `unusable-name`, `invalid-request`,
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
  const receiver = new FormReceiver(request, storage, maxBytes, guard);
  try {
    const parts = request.parts(parserOptions(maxFiles));
    for await (const part of guardedParts(parts, guard)) await receiver.take(part);
    return receiver.form;
  } catch (error) {
    discardRequestBody(request);
    await deleteBlobs(storage, receiver.keys);
    throw multipartProblem(error, receiver.sawPart);
  } finally {
    guard.close();
  }
}
