const portOfMysql = 3306;

export interface ConnectionSettings {
  host: string;
  port: number;
  user: string;
  password: string;
  database?: string;
  ssl?: boolean;
  socketPath?: string;
  timezone: 'Z';
  pipelining: false;
  allowPublicKeyRetrieval: true;
}

/**
 * Parses a database address: `mysql://user:password@host:port/database`, with `ssl=true` or `socketPath=` in the query
 * string. Throws for anything else, with a message that does not contain the password.
 */
export function connectionSettings(databaseUrl: string): ConnectionSettings {
  if (!URL.canParse(databaseUrl)) throw new TypeError('The database address is not a URL');
  const url = new URL(databaseUrl);
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:') {
    throw new TypeError(`The database address begins with ${url.protocol} instead of mysql:`);
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? portOfMysql : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(database === '' ? {} : { database }),
    ...parameters(url.searchParams),
    // Times are stored and read in UTC, whatever the time zone of the server.
    timezone: 'Z',
    // Pipelined, a statement that the server refuses to prepare runs the one that was prepared before it.
    pipelining: false,
    // Required by caching_sha2_password of MySQL 8 on unencrypted connections.
    allowPublicKeyRetrieval: true,
  };
}

function parameters(search: URLSearchParams): Pick<ConnectionSettings, 'ssl' | 'socketPath'> {
  const found: Pick<ConnectionSettings, 'ssl' | 'socketPath'> = {};
  for (const [name, value] of search) {
    if (name === 'ssl') found.ssl = value === 'true';
    else if (name === 'socketPath') found.socketPath = value;
    else throw new TypeError(`The database address has an unknown parameter: ${name}`);
  }
  return found;
}
