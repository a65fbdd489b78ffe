/**
 * What every Node of ours runs with. Node 24 lets the young generation grow to 128 MB, where Node 20 stopped at 32 MB:
 * a large upload fills it.
 */
export const nodeFlags = ['--max-semi-space-size=16'] as const;
