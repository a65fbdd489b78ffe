import { buildSite } from './pages/build-site.js';
import { sitePath } from './paths.js';

await buildSite(sitePath);
