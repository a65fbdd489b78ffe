import type { VolumeSet } from '@comprimemelo/contracts/volumes/volume-sets';
import type { LocalInput } from '../job/running-job.js';
import type { TaskFailure } from '../job/task-failure.js';

/** An archive among the inputs of a job: one file, or the parts of a split one. `size` is that of all parts. */
export interface ArchiveInput extends LocalInput {
  /** The place among the job's inputs; of a split archive, that of the part that opens it. */
  readonly at: number;
  readonly split?: SplitArchive;
}

export interface SplitArchive {
  readonly set: VolumeSet;
  /** Of parts that stay apart, which 7-Zip reads as one; undefined of pieces that were joined to one file. */
  readonly apart?: PartsApart;
  /** True of joined pieces of one size: the last of the whole, which is shorter, is hardly among them. */
  readonly even?: boolean;
  /** Parts that are known to be missing. */
  readonly missing?: TaskFailure;
}

export interface PartsApart {
  readonly type: 'zip' | 'rar' | 'rar5';
  /** The folder that holds them and nothing else; undefined where there is one alone. */
  readonly folder?: string;
  /** True if the first begins with other bytes, as a self-extractor does. */
  readonly prefixed?: boolean;
}
