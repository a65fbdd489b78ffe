import { limits } from '@comprimemelo/contracts/limits';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { jobOf } from '../../src/lifecycle/attempt-job.js';
import { jobMessage } from '../../src/outgoing/job-message.js';

const taskId = newId();
const inputOf = (size: number, blobKey = 'uploads/00/x') => ({
  blobKey,
  name: 'a.txt',
  path: 'a.txt',
  modified: null,
  size,
});
const inputs = [inputOf(5)];
const options = { level: 'best' as const };
const attempt = {
  taskId,
  attempt: 2,
  operation: 'compress' as const,
  format: 'zip' as const,
  options,
};
const job = jobOf(attempt, inputs, null);

t.test('a job says all that a worker needs', async (t) => {
  const { body, ...row } = jobMessage(job, { 'x-request-id': 'r' });
  t.match(row, { exchange: 'conversions', routingKey: 'small', headers: '{"x-request-id":"r"}' });
  t.strictSame(JSON.parse(body), {
    taskId,
    attempt: 2,
    operation: 'compress',
    format: 'zip',
    resultName: 'a.zip',
    options: { level: 'best' },
    inputs: [{ blobKey: 'uploads/00/x', name: 'a.txt', size: 5 }],
  });
  const unwritten = jobOf({ ...attempt, format: null }, inputs, null);
  t.equal(JSON.parse(jobMessage(unwritten, {}).body).resultName, null);
});

t.test('the path and the time of an input go along where it has them', async (t) => {
  const modified = new Date('2021-05-06T07:08:09.012Z');
  const given = { ...inputOf(5), path: 'photos/a.txt', modified };
  t.strictSame(jobOf(attempt, [given], null), {
    ...job,
    resultName: 'photos.zip',
    inputs: [{ ...job.inputs[0], path: 'photos/a.txt', modified: modified.toISOString() }],
  });
});

t.test('a sealed password goes along, in a message that is blanked when it is sent', async (t) => {
  const sealed = { ...job, sealedPassword: new Uint8Array([251, 255, 1]) };
  const { body, secret } = jobMessage(sealed, {});
  t.equal(JSON.parse(body).sealedPassword, '-_8B');
  t.equal(secret, true);
  t.equal(jobMessage(job, {}).secret, false);
});

t.test('large inputs have a lane of their own, by their sum', async (t) => {
  const laneOf = (...sizes: number[]) => {
    const several = sizes.map((size, at) => inputOf(size, `uploads/00/${at}`));
    return jobMessage(jobOf(attempt, several, null), {}).routingKey;
  };
  t.equal(laneOf(limits.largeJobBytes - 1), 'small');
  t.equal(laneOf(limits.largeJobBytes), 'large');
  t.equal(laneOf(1, limits.largeJobBytes - 1), 'large');
});
