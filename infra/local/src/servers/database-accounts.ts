/** What the private database server is told of its one user. */
export interface DatabaseAccount {
  database: string;
  user: string;
  password: string;
  /** True where the user makes databases of its own, as tests do. */
  everyDatabase: boolean;
}

/** The server resolves no names: this is where connections over TCP come from. */
const host = '127.0.0.1';

/**
 * The statements of an init file, one a line as the servers ask for. They hold at each start anew, so that
 * the password is always that of the secrets file. The migrator makes the database itself.
 */
export function accountStatements({
  database,
  user,
  password,
  everyDatabase,
}: DatabaseAccount): string {
  const who = `'${user}'@'${host}'`;
  return [
    `CREATE USER IF NOT EXISTS ${who} IDENTIFIED BY '${password}'`,
    `ALTER USER ${who} IDENTIFIED BY '${password}'`,
    `GRANT ALL PRIVILEGES ON ${everyDatabase ? '*' : `\`${database}\``}.* TO ${who}`,
  ]
    .map((statement) => `${statement};\n`)
    .join('');
}
