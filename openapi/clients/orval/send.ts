/** Where requests go, and with which token. */
export const target = { origin: '', token: '' };

const isJson = (type: string | null) => /json/.test(type ?? '');

/**
 * How each generated function sends its request: it resolves with JSON parsed, and with the stream of anything
 * else. Throws the problem's title for an error.
 */
export async function send<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const headers = new Headers(init.headers);
  if (target.token !== '') headers.set('authorization', `Bearer ${target.token}`);
  const response = await fetch(`${target.origin}${path}`, { ...init, headers });
  const data = isJson(response.headers.get('content-type')) ? await response.json() : response.body;
  if (!response.ok) throw new Error((data as { title?: string } | null)?.title);
  return { data, status: response.status, headers: response.headers } as Answer;
}
