const mebibyte = 1024 * 1024;

/** Bounds on what one request may hold; bytes unless the name says otherwise. */
export const limits = {
  /** Files in one multipart request or one task. */
  files: 100,
  /** Form fields beside the files. */
  fields: 20,
  /** One form field's value. */
  fieldBytes: 64 * 1024,
  /** A JSON or urlencoded body. */
  bodyBytes: mebibyte,
  /** A file name in UTF-8: what ext4, NTFS and APFS hold. */
  nameBytes: 255,
  /** Default of MAX_UPLOAD_BYTES: all files of one request. */
  uploadBytes: 10 * 1024 * mebibyte,
  /** Inputs of this size and more go to the queue of large jobs. */
  largeJobBytes: 64 * mebibyte,
  /** Results that the task shows of itself; the rest are in listFiles. */
  shownResults: 100,
  /** Results that one event names; more of them are in a manifest. */
  eventResults: 500,
  /** Blobs of one batch to storage, and bytes of all of them together; storage holds a batch in memory. */
  batchBlobs: 1_000,
  batchBytes: 4 * mebibyte,
  /** Characters of a password, for archives. */
  passwordLength: 128,
  /** Paths in `options.entries`, and characters of one. */
  requestedEntries: 1_000,
  entryPathLength: 4_096,
  /** A task's options as JSON: the lists of tasks show them. */
  optionsBytes: 256 * 1024,
  /** Paths that one line of a report shows. */
  reportedEntries: 20,
  pageSize: 20,
  maxPageSize: 100,
  /** The longest that getTask waits for the end of a task, in seconds. */
  maxWaitSeconds: 60,
  /** Streams of events that one account may have open, at each instance of tasks. */
  accountStreams: 20,
  /** Tasks that a stream tells of after one look: where more have changed, its reader is to list them. */
  streamedChanges: 1_000,
  /** Webhooks of one account. */
  webhooks: 10,
  /** Characters of a webhook's address and of its description. */
  webhookUrlLength: 2_048,
  webhookDescriptionLength: 200,
  /** Tries that a delivery shows. */
  shownAttempts: 50,
} as const;
