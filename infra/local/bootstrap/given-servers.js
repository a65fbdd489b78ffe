// @ts-check
// What DATABASE_URL and AMQP_URL may be: asked before anything is installed, and by a system that starts.
import { askBroker, askDatabase } from './server-probes.js';

/** @typedef {import('./server-probes.js').Place} Place */
/** @typedef {import('./server-probes.js').Answer} Answer */

/**
 * @typedef {object} Kind
 * @property {string} title
 * @property {readonly string[]} schemes
 * @property {string} form
 * @property {number} port where none is named
 * @property {RegExp} path
 * @property {(place: Place, timeout?: number) => Promise<Answer>} ask
 */

/** @type {Record<'DATABASE_URL' | 'AMQP_URL', Kind>} */
const kinds = {
  DATABASE_URL: {
    title: 'database',
    schemes: ['mysql:', 'mariadb:'],
    form: 'mysql://user:password@host:3306/database',
    port: 3306,
    path: /^\/[^/@]+$/,
    ask: askDatabase,
  },
  AMQP_URL: {
    title: 'RabbitMQ',
    schemes: ['amqp:', 'amqps:'],
    form: 'amqp://user:password@host:5672/virtual-host',
    port: 5672,
    path: /^(\/[^/@]*)?$/,
    ask: askBroker,
  },
};
/** @typedef {keyof typeof kinds} Variable */
export const givenServers = /** @type {Variable[]} */ (Object.keys(kinds));

/** @param {string} text */
function parse(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const toEncode =
  'a character of the password has to be percent-encoded (@ as %40, / as %2F, # as %23)';
/** A slash or a number sign before the last @ ends the host that a URL is read for: it was meant for the password. */
const unencodedPassword = /^[a-z]+:\/\/[^@]*[/#?].*@/i;

/**
 * What is wrong with the form of an address; undefined where nothing is. A password is never shown.
 * @param {Variable} variable
 * @param {string} value
 */
function faultOfForm(variable, value) {
  const { schemes, path } = kinds[variable];
  const url = parse(value);
  if (url === undefined) return unencodedPassword.test(value) ? toEncode : 'it is not a URL';
  if (!schemes.includes(url.protocol)) return `it begins with ${url.protocol}`;
  if (url.hash !== '' || url.pathname.includes('@')) {
    return toEncode;
  }
  if (url.hostname === '' && !url.searchParams.has('socketPath')) return 'it names no host';
  if (!path.test(url.pathname)) {
    return url.pathname.length > 1 ? `its path is ${url.pathname}` : 'it names no database';
  }
  return undefined;
}

/**
 * Where the server of an address is: what to connect to, and in words.
 * @param {Variable} variable
 * @param {URL} url
 * @returns {{ place: Place, name: string }}
 */
function placeOf(variable, { hostname, port, searchParams }) {
  const path = searchParams.get('socketPath');
  if (path !== null) return { place: { path }, name: path };
  const number = Number(port || kinds[variable].port);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { place: { host, port: number }, name: `${hostname}:${number}` };
}

/**
 * Why this address cannot be used, in a sentence; undefined where it can.
 * @param {Variable} variable
 * @param {string} value
 * @param {number} patience milliseconds for a connection and the first bytes
 * @returns {Promise<string | undefined>}
 */
export async function faultOfGiven(variable, value, patience) {
  const { title, form, ask } = kinds[variable];
  const fault = faultOfForm(variable, value);
  if (fault !== undefined) return `${variable} must look like ${form}, but ${fault}.`;
  const url = new URL(value);
  // A broker behind TLS does not answer in clear.
  if (url.protocol === 'amqps:') return undefined;
  const { place, name } = placeOf(variable, url);
  const answer = await ask(place, patience);
  if (answer === 'answers') return undefined;
  return answer === 'other'
    ? `What answers at ${name} is no ${title} (${variable}: ${form}).`
    : `No ${title} answers at ${name} (${variable}: ${form}).`;
}

/** Milliseconds. A person waits for this, and the database client of the services waits no longer either. */
const earlyPatience = 1_200;

/**
 * The first fault of those that are given in this environment; told within two seconds.
 * @param {NodeJS.ProcessEnv} env
 */
export async function faultOfEnvironment(env) {
  const faults = givenServers.map((name) => {
    const value = env[name];
    return value ? faultOfGiven(name, value, earlyPatience) : undefined;
  });
  return (await Promise.all(faults)).find((fault) => fault !== undefined);
}
