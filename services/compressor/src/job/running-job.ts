import type { Readable } from 'node:stream';
import type { ArchiveSummary, ReportLine } from '@comprimemelo/contracts/archive';
import type { ConversionJob } from '@comprimemelo/contracts/messages';
import type { StorageClient } from '@comprimemelo/storage-client/storage-client';
import type { SevenZip } from '../engines/process/launcher.js';
import type { MemoryBudget } from './memory-budget.js';
import type { Stage } from './progress.js';

/** An input of the job as it lies in scratch. */
export interface LocalInput {
  /** The file's name: unique in the job, at most 255 bytes. */
  readonly name: string;
  readonly location: string;
  /** Bytes. */
  readonly size: number;
}

/** A file that the job made, not yet stored. */
export interface ResultFile {
  readonly name: string;
  /** The entry's path inside its archive, else the name. */
  readonly path: string;
  readonly location: string | Buffer;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** What of the worker an operation works with. */
interface Tools {
  readonly sevenZip: SevenZip;
  /** Threads of one 7-Zip. */
  readonly threads: number;
  /** True where every archive is unpacked once for its sums before it is a result. */
  readonly fullVerify: boolean;
  /** What 7-Zip takes is held of it, for as long as it runs. */
  readonly memory: MemoryBudget;
}

/** Where the blobs of a job's inputs come from. */
export interface InputSource {
  /**
   * Gives the blob a second name instead of a copy, where that can be done, and returns its bytes; undefined where
   * it cannot. Nobody may write to it: 7-Zip reads its inputs, and the worker removes names.
   */
  link(blobKey: string, location: string): Promise<number | undefined>;
  /** Opens the blob. Throws BlobNotFound, StorageUnavailable or the signal's reason. */
  open(blobKey: string, signal: AbortSignal): Promise<Readable>;
}

/** What every job of this worker is done with. */
export interface Workshop extends Tools {
  readonly storage: StorageClient;
  readonly inputSource: InputSource;
  /** Opens the passwords of the jobs: 32 bytes in base64url. */
  readonly secretsKey: string;
}

/** What an operation works with. */
export interface RunningJob extends Tools {
  readonly job: ConversionJob;
  /** The job's own directory in scratch; the inputs lie in `in` below it. */
  readonly directory: string;
  /** Opens the inputs that are encrypted; encrypts the result where it is written. Never on a command line. */
  readonly password?: string;
  readonly signal: AbortSignal;
  /** Takes the part of the work between two percents. */
  readonly stage: Stage;
}

/** What was found in an archive, not yet stored. */
export interface LocalInspection {
  /** The input's place among the job's. */
  readonly input: number;
  /** A file of one ArchiveEntry a line. */
  readonly location: string;
  readonly summary: ArchiveSummary;
}

/** What an operation has made. */
export interface Made {
  /** To be stored as results. */
  readonly files: readonly ResultFile[];
  /** What they do not have of the inputs. */
  readonly report?: readonly ReportLine[];
  readonly inspections?: readonly LocalInspection[];
}

/** Does what the job asks for. Throws a TaskFailure for what can never be done. */
export type Operation = (running: RunningJob, inputs: readonly LocalInput[]) => Promise<Made>;
