import { blobKey } from '@comprimemelo/contracts/blob-keys';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import type { BodyGuard } from './body-guard.js';
import { FileFields, partTime } from './file-fields.js';
import { FormFields } from './form-fields.js';
import { invalidField } from './invalid-field.js';
import type { PartHeaders } from './part-headers.js';
import { partMediaType } from './part-media-type.js';
import { fileNamePath, partPath } from './part-path.js';
import type { ReceivedFile, ReceivedForm } from './received-form.js';

/** An empty file input: browsers send it with no name and no bytes. */
async function isEmptyInput({ filename, file }: MultipartFile): Promise<boolean> {
  if (filename !== '') return false;
  for await (const chunk of file as AsyncIterable<Buffer>) if (chunk.length > 0) return false;
  return true;
}

/** The time that a field and the part's header give to a file. Throws `invalid-request` where they differ. */
function modifiedOf(field: Date | undefined, header: string | undefined): Date | null {
  const time = header === undefined ? field : partTime('Last-Modified', header);
  if (field === undefined || time?.getTime() === field.getTime()) return time ?? null;
  throw invalidField('modified', 'differs from the header `Last-Modified` of the part');
}

export interface FormReceiverOptions {
  /** Total size of all files in bytes. */
  maxBytes: number;
  guard: BodyGuard;
  headers: PartHeaders;
}

/** Receives one form, part by part. */
export class FormReceiver {
  readonly #fields: FormFields;
  readonly #fileFields = new FileFields();
  readonly #files: ReceivedFile[] = [];
  /** Every key under which this request may have stored something. */
  readonly keys: string[] = [];
  sawPart = false;
  readonly #storage: StorageClient;
  readonly #headers: PartHeaders;
  #bytesLeft: number;
  #current: MultipartFile | undefined;

  constructor(
    request: FastifyRequest,
    storage: StorageClient,
    { maxBytes, guard, headers }: FormReceiverOptions,
  ) {
    this.#fields = new FormFields(request);
    this.#storage = storage;
    this.#headers = headers;
    this.#bytesLeft = maxBytes;
    guard.broken.catch((problem) => this.#current?.file.destroy(problem));
  }

  /** The whole form. Throws `invalid-request` where a field has lost its file. */
  end(): ReceivedForm {
    this.#fileFields.end();
    if (!this.#headers.matched) {
      throw new ProblemError('malformed-multipart', {
        detail: 'A part of the form has no valid headers.',
      });
    }
    return { fields: this.#fields.values, files: this.#files };
  }

  async take(part: Multipart): Promise<void> {
    this.sawPart = true;
    const lastModified = this.#headers.next();
    if (part.fieldname === undefined) {
      throw new ProblemError('malformed-multipart', {
        detail: 'A part of the form has no name. Send each part with a `name`.',
      });
    }
    this.#fields.refuseUnknown(part);
    if (part.type === 'field') {
      if (!this.#fileFields.take(part)) this.#fields.keep(part);
      return;
    }
    this.#current = part;
    const { path: given, modified } = this.#fileFields.next();
    if (await isEmptyInput(part)) return;
    const path = given === undefined ? fileNamePath(part.filename) : partPath(given);
    await this.#store(part, path, modifiedOf(modified, lastModified));
  }

  async #store(part: MultipartFile, path: string, modified: Date | null): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const id = v7();
    const key = blobKey('uploads', id);
    this.keys.push(key);
    const stored = await this.#storage.put(key, part.file, { maxBytes: this.#bytesLeft });
    this.#bytesLeft -= stored.size;
    const mediaType = partMediaType(part.mimetype);
    this.#files.push({ id, name, path, modified, mediaType, ...stored, blobKey: key });
  }
}
