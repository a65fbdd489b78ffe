const mebibyte = 1024 * 1024;

/** Limits on requests and on what is kept; in bytes unless stated otherwise. */
export const limits = {
  /** Files in one multipart request or one task. */
  files: 100,
  /** Form fields besides the files. */
  fields: 20,
  /** One form field's value. */
  fieldBytes: 64 * 1024,
  /** A JSON or urlencoded body. */
  bodyBytes: mebibyte,
  /** A file name in UTF-8, as ext4, NTFS and APFS allow. */
  nameBytes: 255,
  /** The relative path of an upload: leaves room for the folders of a worker within Linux's 4,096. */
  uploadPathBytes: 3_072,
  /** Characters of `options.name` before it is cut to that. */
  givenNameLength: 4_096,
  /** Default of MAX_UPLOAD_BYTES: the total size of the files in one request. */
  uploadBytes: 10 * 1024 * mebibyte,
  /** Jobs with inputs of at least this size go to the queue for large jobs. */
  largeJobBytes: 64 * mebibyte,
  /** Results that a task shows; listFiles returns all of them. */
  shownResults: 100,
  /** Results in one event; if there are more, they are in a manifest. */
  eventResults: 500,
  /** Blobs in one batch to storage, and their total size. Storage keeps a batch in memory. */
  batchBlobs: 1_000,
  batchBytes: 4 * mebibyte,
  /** Characters in an archive password. */
  passwordLength: 128,
  /** Paths in `options.entries`, and characters in one path. */
  requestedEntries: 1_000,
  entryPathLength: 4_096,
  /** Characters of `options.nameEncoding`. */
  encodingNameLength: 40,
  /** The options of a task as JSON, which task lists include. */
  optionsBytes: 256 * 1024,
  /** Paths in one line of a report. */
  reportedEntries: 20,
  pageSize: 20,
  maxPageSize: 100,
  /** Maximum `wait` of getTask, in seconds. */
  maxWaitSeconds: 60,
  /** Open event streams per account and instance of tasks. */
  accountStreams: 20,
  /** Changed tasks that a stream reports at once. If there are more, it sends `resync`. */
  streamedChanges: 1_000,
  /** Webhooks of one account. */
  webhooks: 10,
  /** Characters in the address and in the description of a webhook. */
  webhookUrlLength: 2_048,
  webhookDescriptionLength: 200,
  /** Attempts that a delivery shows. */
  shownAttempts: 50,
} as const;
