import { check } from 'k6';
import type { Options } from 'k6/options';
import { newUsername, signUp } from './session.ts';

export const options: Options = {
  scenarios: {
    signUp: {
      executor: 'shared-iterations',
      vus: Number(__ENV.VUS ?? 50),
      iterations: Number(__ENV.ITERATIONS ?? 2_000),
      maxDuration: '2m',
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    'http_req_duration{name:signUp}': ['p(99)<2000'],
  },
};

export default function signUps(): void {
  check(signUp(newUsername('up')), { 'the account is made': ({ status }) => status === 201 });
}
