import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Test } from 'tap';
import { searchPath } from '../config.js';

/** Where the tests leave pictures for people. */
export const pictures = fileURLToPath(new URL('../../../generated/pictures/', import.meta.url));

/** The machine's own browser: playwright-core brings none. */
function findBrowser(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = searchPath().split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const executablePath = findBrowser();
/** Why tests that need a browser cannot run; false where they can. */
export const skip = executablePath === undefined && 'Chromium: not on this machine';

/** A new page in a browser of this test's own. */
export async function newPage(t: Test, context: BrowserContextOptions): Promise<Page> {
  // Chromium's own sandbox does not work for root, nor in most containers.
  const options = { args: ['--no-sandbox'], ...(executablePath && { executablePath }) };
  const browser = await chromium.launch(options);
  t.teardown(() => browser.close());
  return browser.newPage(context);
}
