import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

/** An empty data directory, gone with the test. */
export function testData(t: Test): string {
  const directory = mkdtempSync(join(tmpdir(), 'comprimemelo-local-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
