import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { documentPath, pageSources } from '../paths.js';
import { problemPages } from './problem-pages.js';

const own = [
  'index.html',
  'page.css',
  'page.js',
  'problems.css',
  'password-reset.html',
  'password-reset.css',
  'password-reset.js',
];
const fromSwaggerUi = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/**
 * Fills the directory `site` with what the proxy serves: the reference page (`/docs/`), beside it the page of
 * a password reset, the document (`/openapi.json`), and a page for each problem (`/problems/<slug>`). What was in
 * it is gone. Nothing in it is loaded from outside.
 */
export async function buildSite(site: string): Promise<void> {
  await rm(site, { recursive: true, force: true });
  await mkdir(site, { recursive: true });
  await copyFile(documentPath, join(site, 'openapi.json'));
  for (const name of own) await copyFile(join(pageSources, name), join(site, name));
  for (const name of fromSwaggerUi) await copyFile(join(swaggerUi, name), join(site, name));
  await mkdir(join(site, 'problems'));
  for (const [name, page] of problemPages()) await writeFile(join(site, 'problems', name), page);
}
