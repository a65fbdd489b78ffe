/** The addresses that e-mails lead to. */
export interface Links {
  /** The reference page of the API. */
  readonly docs: string;
  /** A task, for a client with an access token. */
  task(id: string): string;
  /** The page to set a new password. Its token is behind the `#`, which no browser sends to a server. */
  passwordReset(token: string): string;
}

/** Links below the origin's public address, given without a trailing slash. */
export const createLinks = (publicUrl: string): Links => ({
  docs: `${publicUrl}/docs`,
  passwordReset: (token) => `${publicUrl}/docs/password-reset.html#${encodeURIComponent(token)}`,
  task: (id) => `${publicUrl}/api/tasks/${encodeURIComponent(id)}`,
});
