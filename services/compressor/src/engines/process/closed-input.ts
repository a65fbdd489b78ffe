/** What a write gives to a program that has ended before its input; ECANCELED is of what still waited. */
const closed = new Set(['EPIPE', 'ECONNRESET', 'ECANCELED', 'ERR_STREAM_PREMATURE_CLOSE']);

/** True where a program has ended before its input: it says why, the input has no fault. */
export const isClosedInput = ({ code = '' }: NodeJS.ErrnoException): boolean => closed.has(code);
