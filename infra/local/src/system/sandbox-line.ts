/** Milliseconds for an answer. */
const patience = 3_000;

/** What the compressor at this base address says of its sandbox: `bwrap`, or another one and why it is no better. */
async function askCompressor(url: string): Promise<string> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(patience) });
  const { checks } = (await response.json()) as { checks: { sandbox: string } };
  return checks.sandbox.replace(/^ok: /, '').replaceAll(/\s+/g, ' ');
}

/**
 * One line that says whether 7-Zip runs in the full sandbox; a warning where it does not, with the cause and the
 * ways out.
 */
export async function sandboxLine(compressorUrl: string): Promise<string> {
  const sandbox = await askCompressor(compressorUrl);
  if (sandbox === 'bwrap') return '7-Zip runs in the full sandbox (bwrap)';
  return (
    `WARNING: 7-Zip does not run in the full sandbox, but in a weaker one: ${sandbox}. ` +
    'Foreign archives can do more harm. Install bubblewrap, and let users make namespaces; ' +
    'with REQUIRE_SANDBOX=1 there is no start without it.'
  );
}
