import { buildSite } from './build-site.js';
import { sitePath } from './paths.js';

await buildSite(sitePath);
