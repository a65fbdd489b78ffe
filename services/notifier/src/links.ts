/** The links in e-mails. */
export interface Links {
  /** The reference page of the API. */
  readonly docs: string;
  /** A task, for a client with an access token. */
  task(id: string): string;
  /** The password reset page. The token is in the fragment, which browsers do not send to servers. */
  passwordReset(token: string): string;
}

/** Links below the origin's public address, given without a trailing slash. */
export const createLinks = (publicUrl: string): Links => ({
  docs: `${publicUrl}/docs`,
  passwordReset: (token) => `${publicUrl}/docs/password-reset.html#${encodeURIComponent(token)}`,
  task: (id) => `${publicUrl}/api/tasks/${encodeURIComponent(id)}`,
});
