import type { ProblemSlug } from './problems.js';

export interface ProblemText {
  /** What has happened, in plain words. */
  meaning: string;
  /** What who gets it can do. */
  remedy: string;
}

const logInAgain = 'Get new tokens with your refresh token, or log in again.';
const tryLater = 'Wait as long as `Retry-After` says, then send the same request again.';

/** What the page of each problem says: its address is the problem's `type`. */
export const problemTexts: Record<ProblemSlug, ProblemText> = {
  'invalid-request': {
    meaning: 'A field, a parameter or a header is missing, unknown or has a wrong value.',
    remedy: '`errors` names each field at fault. Correct them; the API reference shows the form.',
  },
  'invalid-cursor': {
    meaning: '`cursor` is not what a page of this list gave as `nextCursor`.',
    remedy: 'Ask for the first page without a cursor, and follow its `Link` header from there.',
  },
  'upload-truncated': {
    meaning: 'The connection ended, or the body did, before the last byte. Nothing was kept.',
    remedy: 'Send the upload again.',
  },
  'malformed-multipart': {
    meaning: 'The body is not a multipart form, or its boundary is not the declared one.',
    remedy: 'Let your HTTP library write the form and its `Content-Type`, boundary included.',
  },
  'digest-mismatch': {
    meaning: 'The bytes that arrived are not those of which `Content-Digest` is the digest.',
    remedy: 'Send the request again. The digest is of the whole body, a form with its boundaries.',
  },
  unauthenticated: {
    meaning: 'The access token is missing, not valid or expired, or its account is gone.',
    remedy: `Send \`Authorization: Bearer <access token>\`. ${logInAgain}`,
  },
  'current-password-wrong': {
    meaning: 'The password that was given as the present one is not that of the account.',
    remedy: 'Send the present password again, or ask for a link to reset it.',
  },
  'invalid-reset-token': {
    meaning:
      'The link of a password reset is unknown, was used before, or is older than 30 minutes.',
    remedy: 'Ask for a new link and use it once, in time.',
  },
  'bad-credentials': {
    meaning: 'No account has this user name (or e-mail address) with this password.',
    remedy: 'Check both. If the password is lost, ask for a reset.',
  },
  'invalid-refresh-token': {
    meaning: 'The refresh token is unknown, expired, revoked, or was used before.',
    remedy: 'Log in again. Keep the newest refresh token: each serves once.',
  },
  forbidden: {
    meaning: 'You are known, and what you ask for is not yours to do.',
    remedy: 'Use an identity that may do it.',
  },
  'not-found': {
    meaning: 'The API has no operation at this address.',
    remedy: 'Compare the address with the API reference.',
  },
  'task-not-found': {
    meaning: 'You have no task with this id. It may have been deleted.',
    remedy: 'List your tasks to see which there are.',
  },
  'file-not-found': {
    meaning: 'You have no file with this id. It may have been deleted.',
    remedy: 'List your files to see which there are.',
  },
  'blob-not-found': {
    meaning: 'Storage holds no bytes under this key.',
    remedy: 'Only services see this. List the files to see which there are.',
  },
  'webhook-not-found': {
    meaning: 'You have no webhook with this id. Another user may.',
    remedy: 'Compare the id with what listWebhooks shows.',
  },
  'delivery-not-found': {
    meaning: 'This webhook has no delivery with this id. They are kept for 30 days.',
    remedy: 'Compare the id with what listDeliveries shows.',
  },
  'account-not-found': {
    meaning: 'The account of this access token was deleted.',
    remedy: 'Log in with another account, or sign up.',
  },
  'method-not-allowed': {
    meaning: 'The address is right, the method is not.',
    remedy: 'Use one of the methods that the header `Allow` lists.',
  },
  'request-timeout': {
    meaning: 'The request, or its body, arrived too slowly.',
    remedy: 'Send it again over a faster connection, or send smaller files.',
  },
  'email-taken': {
    meaning: 'Somebody has signed up with this e-mail address before.',
    remedy: 'Log in with it, ask for a password reset, or use another address.',
  },
  'username-taken': {
    meaning: 'Somebody has this user name already.',
    remedy: 'Choose another one.',
  },
  'not-processed': {
    meaning: 'The task is not `processed`: it goes on still, or it failed or was cancelled.',
    remedy: 'Wait for its end with `wait`. Where it failed, its `error` says why.',
  },
  'several-results': {
    meaning: 'The task made more than one file, so that there is not one to lead to.',
    remedy: 'Download each of its `results` by its id.',
  },
  'task-busy': {
    meaning: 'The task is being worked on, and cannot be changed meanwhile.',
    remedy: 'Wait for its end, or cancel it first.',
  },
  'task-not-failed': {
    meaning: 'Only a task that failed or was cancelled can be tried again.',
    remedy: 'To have another result of the same files, change the task or create a new one.',
  },
  'task-ended': {
    meaning: 'The task had ended before it could be cancelled.',
    remedy: 'Look at its `status`. Nothing needs to be done.',
  },
  'file-in-use': {
    meaning: 'A task that has not ended reads this file.',
    remedy: 'Wait for the task, or cancel it, then delete the file.',
  },
  'idempotency-in-flight': {
    meaning: 'The first request with this `Idempotency-Key` has not been answered yet.',
    remedy: 'Wait a moment and send the request again: you then get the first answer.',
  },
  'input-deleted': {
    meaning: 'The task cannot run again: a file that it would read has been deleted.',
    remedy: 'Send the file again, as a new task.',
  },
  'too-many-webhooks': {
    meaning: 'An account may have only so many webhooks.',
    remedy: 'Delete or change one of those that listWebhooks shows.',
  },
  'webhook-disabled': {
    meaning: 'Nothing is sent to a disabled webhook, not even a test or a replay.',
    remedy: 'Enable it with updateWebhook, then send the same request again.',
  },
  'precondition-failed': {
    meaning: 'What `If-Match` or `If-Unmodified-Since` asks for does not hold.',
    remedy: 'Fetch the file again and take its new `ETag`.',
  },
  'upload-too-large': {
    meaning: 'The body, or the files in it together, are larger than is taken here.',
    remedy: 'Send fewer or smaller files. The same request will not succeed.',
  },
  'uri-too-long': {
    meaning: 'The path and the query together are longer than is read.',
    remedy: 'Send shorter parameters: nothing that the API asks for needs so many characters.',
  },
  'unsupported-media-type': {
    meaning: 'The `Content-Type` is none of those that this operation reads.',
    remedy: 'Send one that the API reference lists for it.',
  },
  'range-not-satisfiable': {
    meaning: 'The `Range` begins after the last byte of the file.',
    remedy: '`Content-Range` says how long the file is. Ask for a range within it.',
  },
  'unsupported-format': {
    meaning: 'The format is not known, or can be read and not written.',
    remedy: 'Choose one of `supported`. What there is, listFormats says.',
  },
  'unsupported-archive': {
    meaning: 'By its content the file is no archive of a kind that is read here.',
    remedy: 'Check that it is the right file. What can be read, listFormats says.',
  },
  'unsupported-option': {
    meaning: 'One of the options cannot be had with this format or operation.',
    remedy: 'Leave it out, or choose a format that has it: listFormats says which.',
  },
  'no-file': {
    meaning: 'The request has no part named `file`, or its list of files is empty.',
    remedy: 'Send at least one file, or the id of one.',
  },
  'too-many-files': {
    meaning: 'One request may bring only so many files.',
    remedy: 'Send them in several requests and name them all by their ids in one task.',
  },
  'unusable-name': {
    meaning: 'A file name is empty, too long, or has characters that no file may have.',
    remedy: 'Rename the file and send it again.',
  },
  'single-file-format': {
    meaning: 'Files of the formats gz, bz2 and xz hold one file, and several were given.',
    remedy: 'Choose tar.gz, tar.bz2, tar.xz, zip or 7z.',
  },
  'webhook-address-refused': {
    meaning:
      'The address is not `https`, holds a user name or a password, or belongs to a private network.',
    remedy: 'Give an `https` address that can be reached from the internet.',
  },
  'weak-password': {
    meaning: 'The password is too short, or on the list of those that are tried first.',
    remedy: 'Choose a longer one. Several random words make a good one.',
  },
  'idempotency-mismatch': {
    meaning: 'This `Idempotency-Key` came first with other fields or other files.',
    remedy: 'Use a new key for a new request.',
  },
  'archive-corrupt': {
    meaning: 'The archive cannot be read to its end: it is damaged, cut short or empty.',
    remedy: 'Fetch or make the archive again, and send it whole.',
  },
  'archive-too-large': {
    meaning: 'Unpacked, the archive would be larger, or have more entries, than is taken here.',
    remedy: 'Ask for some of its `entries` alone, or split it.',
  },
  'archive-too-demanding': {
    meaning: 'Packing or unpacking this would need more memory than any worker has.',
    remedy: 'Use a lower level, or pack the archive anew with a smaller dictionary.',
  },
  'password-required': {
    meaning: 'The archive, or an entry that was asked for, is encrypted.',
    remedy: 'Send the same request with its `password`.',
  },
  'password-wrong': {
    meaning: 'The password that was given does not open the archive.',
    remedy: 'Send the right one. Case and spaces count.',
  },
  'entry-not-found': {
    meaning: 'One of the `entries` that were asked for is not in the archive.',
    remedy: 'Compare the path with what listEntries shows.',
  },
  'unsafe-entry': {
    meaning: 'An entry would land outside its folder, or has a name that harms some systems.',
    remedy: '`entry` names it. Ask for the other `entries` alone, or repack the archive.',
  },
  'headers-too-large': {
    meaning: "The request's header fields are longer than is read.",
    remedy: 'Send fewer or shorter ones.',
  },
  'too-many-attempts': {
    meaning: 'Too many requests of this kind came in a short time.',
    remedy: tryLater,
  },
  'too-many-streams': {
    meaning: 'Your account watches its tasks by as many open streams as one account may have.',
    remedy: 'Close one that is no longer read. A single stream of watchTasks tells of all tasks.',
  },
  'internal-error': {
    meaning: 'The service has made a mistake. It is not your request that is at fault.',
    remedy: 'Try again later. If it stays, report it with the `requestId`.',
  },
  'processing-failed': {
    meaning: 'The task ended by a fault of the service, after several attempts.',
    remedy: 'Retry the task. If it fails again, report it with its id.',
  },
  'bad-gateway': {
    meaning: 'A part of the service is away, or broke off its answer.',
    remedy: tryLater,
  },
  unavailable: {
    meaning: 'The service is overloaded, starting, or waits for something it depends on.',
    remedy: tryLater,
  },
  'gateway-timeout': {
    meaning: 'A part of the service did not answer in time.',
    remedy: `${tryLater} What should not happen twice goes with an \`Idempotency-Key\`.`,
  },
  'insufficient-storage': {
    meaning: 'The disk that keeps the files is full. Nothing of the request was kept.',
    remedy: 'Delete files that you no longer need, or try again later.',
  },
};
