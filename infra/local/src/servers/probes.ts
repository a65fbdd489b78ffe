/** Milliseconds for an answer. */
const probeTimeout = 3_000;

/** True when the address answers 200. */
export async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(probeTimeout) }).catch(
    () => undefined,
  );
  await response?.body?.cancel();
  return response?.status === 200;
}

/** True when /readyz at this base address says `ready`: one that is `degraded` waits for a server still. */
export async function answersReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(probeTimeout) });
    const { status } = (await response.json()) as { status?: unknown };
    return response.ok && status === 'ready';
  } catch {
    return false;
  }
}
