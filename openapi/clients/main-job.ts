/** What the main job needs to be told, whichever client does it. */
export interface MainJob {
  /** Such as http://127.0.0.1:8080. */
  origin: string;
  username: string;
  password: string;
  /** The file to compress. */
  input: string;
  /** Where the archive goes. */
  output: string;
}

/**
 * Signs up, logs in, uploads `input` and downloads it as a zip, both as streams, and deletes the task. Throws
 * wherever an answer is not what the document promises.
 */
export type DoMainJob = (job: MainJob) => Promise<void>;
