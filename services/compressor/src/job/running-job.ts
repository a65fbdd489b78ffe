import type { Readable } from 'node:stream';
import type { ArchiveSummary, ReportLine } from '@comprimemelo/contracts/archive';
import type { ConversionJob } from '@comprimemelo/contracts/messages';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import type { Bsdtar } from '../engines/bsdtar/bsdtar.js';
import type { Encoders } from '../engines/encoders.js';
import type { SevenZip } from '../engines/process/launcher.js';
import type { ExtractionLimits } from './extraction-limits.js';
import type { MemoryBudget } from './memory-budget.js';
import type { Stage } from './progress.js';

/** An input of the job in the scratch directory. */
export interface LocalInput {
  /** Its path below `in`, unique in the job: its name of at most 255 bytes, for compress within its folders. */
  readonly name: string;
  /** Its path or name as its sender gave it, where that differs. */
  readonly sentAs?: string;
  readonly location: string;
  /** Bytes. */
  readonly size: number;
  /** When its content last changed, if the uploader said so; for compress the file on disk has this time too. */
  readonly modified?: Date;
}

/** A file that the job produced and that is not stored yet. */
export interface ResultFile {
  readonly name: string;
  /** The entry's path inside its archive, else the name. */
  readonly path: string;
  /** Of a path that is not UTF-8: its bytes in base64. */
  readonly rawPath?: string;
  readonly location: string | Buffer;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** What of the worker an operation works with. */
interface Tools {
  readonly sevenZip: SevenZip;
  /** Undefined where the machine has none. */
  readonly bsdtar: Bsdtar | undefined;
  readonly encoders: Encoders;
  /** Threads per 7-Zip process. */
  readonly threads: number;
  /** True if every new archive is decompressed once to verify its checksums. */
  readonly fullVerify: boolean;
  /** Limits on what is extracted from one archive. */
  readonly limits: ExtractionLimits;
  /** The budget from which the memory of each running 7-Zip is taken. */
  readonly memory: MemoryBudget;
}

/** The source of the input blobs of a job. */
export interface InputSource {
  /**
   * Hard-links the blob instead of copying it, and returns its size; undefined if that is not possible. Nothing may
   * write to it: 7-Zip only reads its inputs, and the worker only removes links.
   */
  link(blobKey: string, location: string): Promise<number | undefined>;
  /** Opens the blob. Throws BlobNotFound, StorageUnavailable or the signal's reason. */
  open(blobKey: string, signal: AbortSignal): Promise<Readable>;
}

/** The resources shared by all jobs of this worker. */
export interface Workshop extends Tools {
  readonly storage: StorageClient;
  readonly inputSource: InputSource;
  /** Decrypts the passwords of the jobs: 32 bytes in base64url. */
  readonly secretsKey: string;
}

/** What an operation works with. */
export interface RunningJob extends Tools {
  readonly job: ConversionJob;
  /** The scratch directory of the job; the inputs are in `in` below it. */
  readonly directory: string;
  /** Opens encrypted inputs and encrypts the result. Never on a command line. */
  readonly password?: string;
  readonly signal: AbortSignal;
  /** Opens a stage of the job between two percentages. */
  readonly stage: Stage;
}

/** The inspection of an archive, not stored yet. */
export interface LocalInspection {
  /** The input's place among the job's; of a split archive, that of the part that opens it. */
  readonly input: number;
  /** A file with one ArchiveEntry per line. */
  readonly location: string;
  readonly summary: ArchiveSummary;
}

/** The outcome of an operation. */
export interface Made {
  /** To be stored as results. */
  readonly files: readonly ResultFile[];
  /** What was lost from the inputs. */
  readonly report?: readonly ReportLine[];
  readonly inspections?: readonly LocalInspection[];
}

/** Runs the job. Throws a TaskFailure if it can never succeed. */
export type Operation = (running: RunningJob, inputs: readonly LocalInput[]) => Promise<Made>;
