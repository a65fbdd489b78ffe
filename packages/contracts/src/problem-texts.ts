import type { ProblemSlug } from './problems.js';

export interface ProblemText {
  /** What happened. */
  meaning: string;
  /** What the reader can do about it. */
  remedy: string;
}

const logInAgain = 'Get new tokens with your refresh token, or log in again.';
const tryLater =
  'Wait for the number of seconds in `Retry-After`, then send the same request again.';

/** The text of each problem's page, which is served at the problem's `type`. */
export const problemTexts: Record<ProblemSlug, ProblemText> = {
  'invalid-request': {
    meaning: 'A field, parameter or header is missing, unknown or has an invalid value.',
    remedy:
      'Correct the fields listed in `errors`. The API reference shows what each operation accepts.',
  },
  'invalid-cursor': {
    meaning: '`cursor` is not a `nextCursor` value that this list returned.',
    remedy: 'Request the first page without a cursor, then follow its `Link` header.',
  },
  'upload-truncated': {
    meaning: 'The connection or the body ended before all bytes had arrived. Nothing was stored.',
    remedy: 'Send the upload again.',
  },
  'malformed-multipart': {
    meaning:
      'The body is not a valid multipart form, or its boundary differs from the one in `Content-Type`.',
    remedy: 'Let your HTTP library build the form and set `Content-Type`, including the boundary.',
  },
  'digest-mismatch': {
    meaning: 'The body that arrived does not match the digest in `Content-Digest`.',
    remedy:
      'Send the request again. Compute the digest over the whole body, including the boundaries of a form.',
  },
  unauthenticated: {
    meaning:
      'The access token is missing, invalid or expired, or its session has ended: by a log-out, a new password or the deletion of the account.',
    remedy: `Send \`Authorization: Bearer <access token>\`. ${logInAgain}`,
  },
  'current-password-wrong': {
    meaning: 'The value of `currentPassword` is not the password of your account.',
    remedy: 'Correct the current password, or request a password reset.',
  },
  'recent-log-in-needed': {
    meaning:
      'An account can be deleted only within ten minutes of a log-in. This session is older.',
    remedy: 'Log in again with the password and repeat the request with the new access token.',
  },
  'invalid-reset-token': {
    meaning: 'The password reset link is unknown, was already used, or is older than 30 minutes.',
    remedy: 'Request a new link and use it within 30 minutes. Each link works once.',
  },
  'bad-credentials': {
    meaning: 'No account matches this user name (or e-mail address) and password.',
    remedy: 'Check both. If you have forgotten the password, request a password reset.',
  },
  'invalid-refresh-token': {
    meaning: 'The refresh token is unknown, expired, revoked or already used.',
    remedy: 'Log in again. Each refresh token works once, so always keep the newest one.',
  },
  forbidden: {
    meaning: 'Your identity was verified, but it does not have permission for this operation.',
    remedy: 'Use an identity that has the permission.',
  },
  'not-found': {
    meaning: 'The API has no operation at the address of this request.',
    remedy: 'Check the address against the API reference.',
  },
  'task-not-found': {
    meaning: 'You have no task with this id. It may have been deleted.',
    remedy: 'List your tasks to see which ones exist.',
  },
  'file-not-found': {
    meaning: 'You have no file with this id. It may have been deleted.',
    remedy: 'List your files to see which there are.',
  },
  'blob-not-found': {
    meaning: 'The storage has no blob with this key.',
    remedy: 'Only services receive this problem. List the files to see which ones exist.',
  },
  'webhook-not-found': {
    meaning:
      'You have no webhook with this id. It may have been deleted, or belong to another account.',
    remedy: 'Check the id against the output of listWebhooks.',
  },
  'delivery-not-found': {
    meaning: 'This webhook has no delivery with this id. Deliveries are kept for 30 days.',
    remedy: 'Check the id against the output of listDeliveries.',
  },
  'account-not-found': {
    meaning: 'The account that this access token belongs to was deleted.',
    remedy: 'Log in with another account, or sign up.',
  },
  'method-not-allowed': {
    meaning: 'The address exists, but it does not support this HTTP method.',
    remedy: 'Use one of the methods listed in the `Allow` header.',
  },
  'request-timeout': {
    meaning: 'The request or its body arrived too slowly.',
    remedy: 'Send the request again over a faster connection, or send smaller files.',
  },
  'email-taken': {
    meaning: 'Another account already uses this e-mail address.',
    remedy: 'Log in, request a password reset, or sign up with another address.',
  },
  'username-taken': {
    meaning: 'Another account already uses this user name.',
    remedy: 'Choose another user name.',
  },
  'not-processed': {
    meaning: 'The task is not `processed`: it has not finished yet, has failed or was cancelled.',
    remedy: 'If it has not finished, call getTask with `wait`. If it failed, its `error` says why.',
  },
  'several-results': {
    meaning: 'The task produced more than one file, so there is no single result to redirect to.',
    remedy: 'Download each of the `results` by its id.',
  },
  'task-busy': {
    meaning: 'The task has not finished, so it cannot be changed or retried yet.',
    remedy: 'Wait until it finishes, or cancel it first.',
  },
  'task-not-failed': {
    meaning: 'The task was processed successfully. Only failed and cancelled tasks can be retried.',
    remedy: 'To get a different result from the same files, change the task or create a new one.',
  },
  'task-ended': {
    meaning: 'The task finished before it could be cancelled.',
    remedy: 'Nothing needs to be done. Its `status` shows how it finished.',
  },
  'file-in-use': {
    meaning: 'A task that has not finished needs this file as an input.',
    remedy: 'Wait until the task finishes or cancel it, then delete the file.',
  },
  'idempotency-in-flight': {
    meaning: 'The first request with this `Idempotency-Key` is still being processed.',
    remedy: 'Wait a moment and send the request again to get the response to the first one.',
  },
  'input-deleted': {
    meaning: 'The task cannot run again because one of its input files was deleted.',
    remedy: 'Create a new task and upload the file again.',
  },
  'too-many-webhooks': {
    meaning: 'Your account already has the maximum number of webhooks.',
    remedy: 'Change or delete one of your webhooks; listWebhooks shows them.',
  },
  'webhook-disabled': {
    meaning: 'Events are not sent to a disabled webhook, not even tests or replays.',
    remedy: 'Enable the webhook with updateWebhook, then send the same request again.',
  },
  'precondition-failed': {
    meaning:
      'The `ETag` of the file is none of those in `If-Match`; a weak one (`W/`) matches nothing.',
    remedy: 'Download the file again and use its current `ETag`.',
  },
  'upload-too-large': {
    meaning: 'The body, or the total size of the files in it, exceeds the limit.',
    remedy: 'Send fewer or smaller files. Repeating the same request will not help.',
  },
  'uri-too-long': {
    meaning: 'The path and the query string together exceed the limit.',
    remedy: 'Shorten the parameters. No operation of the API needs an address this long.',
  },
  'unsupported-media-type': {
    meaning: 'This operation does not accept the `Content-Type` of the request.',
    remedy: 'Use one of the types that the API reference lists for the operation.',
  },
  'range-not-satisfiable': {
    meaning: 'The `Range` starts after the last byte of the file.',
    remedy: 'Request a range within the file. `Content-Range` in the response gives its size.',
  },
  'unsupported-format': {
    meaning: 'The format is unknown, or it can be read but not written.',
    remedy: 'Choose one of the formats in `supported`. listFormats describes all of them.',
  },
  'unsupported-archive': {
    meaning: 'Judging by its content, the file is not an archive in any supported format.',
    remedy: 'Check that you sent the right file. listFormats shows which formats can be read.',
  },
  'unsupported-option': {
    meaning: 'One of the options is not supported by this format or operation.',
    remedy:
      'Omit the option, or choose a format that supports it. listFormats shows which ones do.',
  },
  'unsupported-encoding': {
    meaning:
      'The value of `nameEncoding` is not the name of an encoding that names can be read in.',
    remedy: 'Choose one of the encodings in `supported`, or `auto` to have it found.',
  },
  'no-file': {
    meaning: 'The form has no part named `file`, or the list `files` is empty.',
    remedy: 'Send at least one file or file id.',
  },
  'too-many-files': {
    meaning: 'The request contains more files than one request may contain.',
    remedy: 'Upload the files in several requests, then create one task with all their ids.',
  },
  'unusable-name': {
    meaning:
      'A file name or `options.name` is empty, contains characters that are not allowed or leads out of its folder.',
    remedy:
      'Rename the file and send it again. A path in it must be relative, such as `photos/a.jpg`, and have no `..`.',
  },
  'single-file-format': {
    meaning: 'The formats gz, bz2, xz and zst can hold only one file, but there are several.',
    remedy: 'Choose tar.gz, tar.bz2, tar.xz, zip or 7z instead.',
  },
  'webhook-address-refused': {
    meaning:
      'The address does not use `https`, contains a user name or password, or is on a private network.',
    remedy: 'Use an `https` address that can be reached from the internet.',
  },
  'weak-password': {
    meaning:
      'The password is on a list of common passwords, consists of blanks, or is your user name, your e-mail address or the name of this service.',
    remedy: 'Choose a different password. Several random words make a good one.',
  },
  'idempotency-mismatch': {
    meaning: 'This `Idempotency-Key` was first used with different fields or files.',
    remedy: 'Use a new key for each new request.',
  },
  'archive-corrupt': {
    meaning: 'The archive cannot be read completely: it is damaged, truncated or empty.',
    remedy: 'Download or create the archive again, and make sure that the upload is complete.',
  },
  'volumes-missing': {
    meaning:
      'The archive is split into several files, and not all of them are among the inputs of the task.',
    remedy: 'Create a task with all parts. `detail` names those that are missing.',
  },
  'volumes-conflict': {
    meaning:
      'Two inputs are the same part of one split archive, or a part does not belong to the others.',
    remedy: 'Create a task with each part once. `detail` names the parts.',
  },
  'archive-unreadable-here': {
    meaning: 'Two readers differ about what the archive holds, so that either may be wrong.',
    remedy: 'Open the archive with the program that made it, and pack its files again.',
  },
  'archive-too-large': {
    meaning: 'The extracted archive would exceed the limit on size or on the number of entries.',
    remedy: 'Extract only some of it with `entries`, or split the archive.',
  },
  'archive-too-demanding': {
    meaning: 'Compressing or extracting this needs more memory or time than a worker may use.',
    remedy: 'Use a lower level, or recreate the archive with a smaller dictionary.',
  },
  'password-required': {
    meaning:
      'The archive or a requested entry is encrypted, or the task had a password that was not kept.',
    remedy: 'Send the same request with the `password`.',
  },
  'password-wrong': {
    meaning: 'The archive cannot be decrypted with the password that you sent.',
    remedy: 'Check the password. Upper and lower case and spaces matter.',
  },
  'entry-not-found': {
    meaning: 'One of the requested `entries` is not in the archive.',
    remedy: 'Check the path against the output of listEntries.',
  },
  'unsafe-entry': {
    meaning:
      'An entry would be written outside the target folder, or its name is unsafe on some systems.',
    remedy:
      'See `entry` for its path. Extract only safe entries with `entries`, or recreate the archive without it.',
  },
  'headers-too-large': {
    meaning: 'The headers of the request exceed the size limit.',
    remedy: 'Send fewer or shorter headers.',
  },
  'too-many-attempts': {
    meaning: 'Too many requests of this kind arrived within a short time.',
    remedy: tryLater,
  },
  'too-many-streams': {
    meaning: 'Your account already has the maximum number of open event streams.',
    remedy:
      'Close streams that you no longer read. A single watchTasks stream reports all your tasks.',
  },
  'internal-error': {
    meaning: 'The service failed unexpectedly. Your request did not cause this.',
    remedy: 'Try again later. If it keeps happening, report it with the `requestId`.',
  },
  'processing-failed': {
    meaning: 'The task failed because of a problem in the service.',
    remedy: 'Retry the task. If it fails again, report it with the id of the task.',
  },
  'bad-gateway': {
    meaning: 'A part of the service is down or broke off its response.',
    remedy: tryLater,
  },
  unavailable: {
    meaning:
      'The service is overloaded, is starting up, or cannot reach something that it depends on.',
    remedy: tryLater,
  },
  'gateway-timeout': {
    meaning: 'A part of the service did not respond in time.',
    remedy: `${tryLater} Use an \`Idempotency-Key\` so that a repeated request has no second effect.`,
  },
  'insufficient-storage': {
    meaning: 'The disk that stores the files is full. Nothing from this request was stored.',
    remedy: 'Delete files that you no longer need, or try again later.',
  },
};
