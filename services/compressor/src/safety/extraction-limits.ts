/** The most that comes out of one archive. */
export const extractionLimits = {
  /** Bytes of all files together. */
  bytes: 10_000_000_000,
  /** Entries that are extracted, and directories that only their paths name. */
  entries: 100_000,
  /** Entries that are listed. */
  listed: 5_000_000,
  /** Bytes that come out for each byte of the archive, above `ratioFrom` bytes. */
  ratio: 100,
  ratioFrom: 100_000_000,
  /** Address space of a 7-Zip that reads: a 1 GiB dictionary does not fit beside what it needs itself. */
  memoryBytes: 1024 * 1024 * 1024,
} as const;

/** The bytes that an archive of that many bytes may hold. */
export const allowedBytes = (archiveBytes: number): number =>
  Math.min(
    extractionLimits.bytes,
    Math.max(extractionLimits.ratioFrom, archiveBytes * extractionLimits.ratio),
  );
