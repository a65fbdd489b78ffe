/** The addresses that e-mails lead to. */
export interface Links {
  /** The reference page of the API. */
  readonly docs: string;
  /** A task, for a client with an access token. */
  task(id: string): string;
}

/** Links below the origin's public address, given without a trailing slash. */
export const createLinks = (publicUrl: string): Links => ({
  docs: `${publicUrl}/docs`,
  task: (id) => `${publicUrl}/api/tasks/${encodeURIComponent(id)}`,
});
