const part = (text: string | undefined) =>
  JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8'));

/** What a token says, unverified. */
export function decodeJwt(token: string) {
  const [header, claims] = token.split('.');
  return { header: part(header), claims: part(claims) };
}
