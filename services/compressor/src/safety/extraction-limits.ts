/** Limits on what is extracted from one archive. */
export const extractionLimits = {
  /** Total size of all files in bytes. */
  bytes: 10_000_000_000,
  /** Extracted entries, including directories that exist only in paths. */
  entries: 100_000,
  /** Listed entries. */
  listed: 5_000_000,
  /** Extracted bytes per byte of the archive, above `ratioFrom` bytes. */
  ratio: 100,
  ratioFrom: 100_000_000,
  /** Address space of a reading 7-Zip: a 1 GiB dictionary does not fit beside its own memory. */
  memoryBytes: 1024 * 1024 * 1024,
} as const;

/** The bytes that an archive of this size may extract to. */
export const allowedBytes = (archiveBytes: number): number =>
  Math.min(
    extractionLimits.bytes,
    Math.max(extractionLimits.ratioFrom, archiveBytes * extractionLimits.ratio),
  );
