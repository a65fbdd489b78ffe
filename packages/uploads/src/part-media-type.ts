// Source: RFC 6838, section 4.2.
const restricted = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';
const mediaType = new RegExp(`^${restricted}/${restricted}$`, 'i');

/** The media type of a part if it is well-formed; otherwise application/octet-stream. */
export const partMediaType = (given: string): string =>
  mediaType.test(given) ? given.toLowerCase() : 'application/octet-stream';
