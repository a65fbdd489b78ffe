import t from 'tap';

/**
 * A program of its own: runs the test files of its arguments by tap, and writes TAP.
 *
 * `tap run` would load its TypeScript, mocking and coverage hooks into every file and into every process that a
 * test starts. That doubles their CPU time and changes their environment; env(1) takes the hooks out again.
 */
const jobs = 2;
/** Seconds for a file, and for a test within it. */
const timeout = 480;

t.jobs = jobs;
t.setTimeout(0);
for (const file of process.argv.slice(2)) {
  void t.spawn(
    'env',
    ['--unset=NODE_OPTIONS', process.execPath, '--enable-source-maps', file],
    {
      buffered: true,
      timeout: timeout * 1000,
      env: { ...process.env, TAP_TIMEOUT: String(timeout) },
    },
    file,
  );
}
