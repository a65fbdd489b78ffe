import { check } from 'k6';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { logIn, newUsername, signUp } from './session.ts';

/** Spread over many, since attempts are counted for each account. */
const accounts = 100;

export const options: Options = {
  scenarios: {
    logIn: {
      executor: 'shared-iterations',
      vus: Number(__ENV.VUS ?? 50),
      iterations: Number(__ENV.ITERATIONS ?? 2_000),
      maxDuration: '2m',
    },
  },
  setupTimeout: '2m',
  thresholds: {
    checks: ['rate==1'],
    'http_req_duration{name:logIn}': ['p(99)<2000'],
  },
};

export function setup(): string[] {
  const usernames = Array.from({ length: accounts }, (_, index) => newUsername(`in${index}`));
  for (const username of usernames) signUp(username);
  return usernames;
}

export default function logIns(usernames: string[]): void {
  const username = usernames[exec.scenario.iterationInTest % usernames.length] ?? '';
  check(logIn(username), {
    'a token is given': (response) =>
      response.status === 200 && typeof response.json('access_token') === 'string',
  });
}
