/** What addresses webhooks may have. Both are false but in development and tests. */
export interface AddressPolicy {
  allowHttp: boolean;
  /** Addresses that are not of the public internet. */
  allowPrivate: boolean;
}
