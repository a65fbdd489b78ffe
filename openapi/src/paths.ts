import { fileURLToPath } from 'node:url';

const packageRoot = new URL('../../', import.meta.url);

/** The committed document. */
export const documentPath = fileURLToPath(new URL('openapi.json', packageRoot));

/** The files of the reference page that are our own. */
export const pageSources = fileURLToPath(new URL('page/', packageRoot));

/** What the proxy serves: the reference page, and the document beside it. */
export const sitePath = fileURLToPath(new URL('dist/site/', packageRoot));
