/** Limits on what is extracted from one archive: settings of the worker. */
export interface ExtractionLimits {
  /** Total size of all files in bytes. */
  readonly bytes: number;
  /** Extracted entries, including directories that exist only in paths. */
  readonly entries: number;
  /** Extracted bytes per byte of the archive, above `ratioFrom` bytes. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

export const defaultLimits: ExtractionLimits = {
  bytes: 10_000_000_000,
  entries: 100_000,
  ratio: 1_000,
  ratioFrom: 1024 ** 3,
};

/** Entries that are listed, extracted or not. */
export const mostListed = 5_000_000;

/** Address space of a reading 7-Zip in bytes: a 1 GiB dictionary does not fit beside its own memory. */
export const mostReadingMemory = 1024 ** 3;

/** The bytes that an archive of this size may extract to. */
export const allowedBytes = (
  { bytes, ratio, ratioFrom }: ExtractionLimits,
  archiveBytes: number,
): number => Math.min(bytes, Math.max(ratioFrom, archiveBytes * ratio));
