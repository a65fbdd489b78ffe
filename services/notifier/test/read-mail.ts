/** An e-mail as a reader shows it, and what it is made of. */
export interface ReadMail {
  /** By name in lower case, unfolded, encoded words decoded; a repeated header has several values. */
  headers: Record<string, string[]>;
  /** The names of the headers as they came, in order. */
  headerNames: string[];
  text: string;
  html: string;
}

/** Encoded words (RFC 2047); white space between two of them is not shown. */
function decodeWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(?==\?)/g, '$1');
  return joined.replace(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (words) =>
    Buffer.concat(
      words
        .split(/(?<=\?=)/)
        .map((word) => word.split('?'))
        .map(([, , encoding = '', text = '']) =>
          encoding.toLowerCase() === 'b'
            ? Buffer.from(text, 'base64')
            : fromQuotedPrintable(text.replaceAll('_', ' ')),
        ),
    ).toString('utf8'),
  );
}

function fromQuotedPrintable(text: string): Buffer {
  const whole = text.replace(/=\r\n/g, '');
  return Buffer.from(
    whole.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
}

function split(source: string): {
  headers: Record<string, string[]>;
  names: string[];
  body: string;
} {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers: Record<string, string[]> = {};
  const names: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    names.push(name);
    const values = headers[name.toLowerCase()] ?? [];
    headers[name.toLowerCase()] = [...values, decodeWords(line.slice(colon + 1).trim())];
  }
  return { headers, names, body: source.slice(end + 4) };
}

function decodeBody(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding === 'quoted-printable') return fromQuotedPrintable(body).toString('utf8');
  return body;
}

/** Reads an e-mail of two parts (RFC 5322, 2045 to 2047): multipart/alternative, text before HTML. */
export function readMail(source: string): ReadMail {
  const { headers, names, body } = split(source);
  const type = headers['content-type']?.[0] ?? '';
  const boundary = /^multipart\/alternative;.*boundary="([^"]+)"/s.exec(type)?.[1];
  if (boundary === undefined) throw new Error(`not multipart/alternative: ${type}`);
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.slice(2)));
  const part = (wanted: string) => {
    const found = parts.find((one) => one.headers['content-type']?.[0] === wanted);
    if (!found) throw new Error(`no part of type ${wanted}`);
    const text = decodeBody(found.body, found.headers['content-transfer-encoding']?.[0]);
    return text.replaceAll('\r\n', '\n');
  };
  return {
    headers,
    headerNames: names,
    text: part('text/plain; charset=utf-8'),
    html: part('text/html; charset=utf-8'),
  };
}
