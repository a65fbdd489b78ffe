import { fail } from 'k6';
import exec from 'k6/execution';
import http, { type Response } from 'k6/http';

/** The origin under test, without a trailing slash. */
export const baseUrl = (__ENV.BASE_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');

export const password = 'correct horse battery staple';

/** Different in each run, so that a second run meets no name of the first. */
const run = Date.now().toString(36);

/** A user name that nobody else asks for. Within an iteration `name` tells users apart. */
export const newUsername = (name: string): string =>
  `${name}-${run}-${exec.vu.idInTest}-${exec.vu.iterationInInstance}`.slice(0, 40);

/** Tags requests of one kind, whatever ids their addresses hold. */
const json = (name: string) => ({
  headers: { 'content-type': 'application/json' },
  tags: { name },
});

/** The parameters of a request in a user's name. */
export const inTheNameOf = (token: string, name: string) => ({
  headers: { authorization: `Bearer ${token}` },
  tags: { name },
});

export const signUp = (username: string): Response =>
  http.post(
    `${baseUrl}/api/auth/signup`,
    JSON.stringify({ username, email: `${username}@example.com`, password }),
    json('signUp'),
  );

export const logIn = (username: string): Response =>
  http.post(`${baseUrl}/api/auth/login`, JSON.stringify({ username, password }), json('logIn'));

/** The access token of a new user; ends the iteration where there is none. */
export function newSession(name: string): string {
  const username = newUsername(name);
  const signedUp = signUp(username);
  if (signedUp.status !== 201) fail(`signUp answered ${signedUp.status}: ${signedUp.body}`);
  const loggedIn = logIn(username);
  if (loggedIn.status !== 200) fail(`logIn answered ${loggedIn.status}: ${loggedIn.body}`);
  return String(loggedIn.json('access_token'));
}

/** Removes the user with all tasks and files. */
export function endSession(token: string): void {
  http.del(`${baseUrl}/api/auth/me`, null, inTheNameOf(token, 'deleteAccount'));
}
