/** Which addresses webhooks may have. Both are false except in development and tests. */
export interface AddressPolicy {
  allowHttp: boolean;
  /** Addresses that are not on the public internet. */
  allowPrivate: boolean;
}
