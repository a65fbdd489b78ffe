import { limits } from '@comprimemelo/contracts/limits';
import { newId, toBytes } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { jobMessage } from '../../src/lifecycle/job-message.js';

const id = newId();
const task = {
  id: toBytes(id),
  attempt: 2,
  operation: 'compress' as const,
  format: 'zip',
  options: '{"level":"best"}',
  inputSize: 5n,
  sealedPassword: null,
};
const inputs = [{ blobKey: 'uploads/00/x', name: 'a.txt', size: 5n }];

t.test('a job says all that a worker needs', async (t) => {
  const { body, ...row } = jobMessage(task, inputs, { 'x-request-id': 'r' });
  t.match(row, { exchange: 'conversions', routingKey: 'small', headers: '{"x-request-id":"r"}' });
  t.strictSame(JSON.parse(body), {
    taskId: id,
    attempt: 2,
    operation: 'compress',
    format: 'zip',
    resultName: 'a.zip',
    options: { level: 'best' },
    inputs: [{ blobKey: 'uploads/00/x', name: 'a.txt', size: 5 }],
  });
  t.equal(JSON.parse(jobMessage({ ...task, format: null }, inputs, {}).body).resultName, null);
});

t.test('a sealed password goes along, in a message that is blanked when it is sent', async (t) => {
  const sealed = { ...task, sealedPassword: new Uint8Array([251, 255, 1]) };
  const { body, secret } = jobMessage(sealed, inputs, {});
  t.equal(JSON.parse(body).sealedPassword, '-_8B');
  t.equal(secret, true);
  t.equal(jobMessage(task, inputs, {}).secret, false);
});

t.test('large inputs have a lane of their own', async (t) => {
  const laneOf = (bytes: number) =>
    jobMessage({ ...task, inputSize: BigInt(bytes) }, inputs, {}).routingKey;
  t.equal(laneOf(limits.largeJobBytes - 1), 'small');
  t.equal(laneOf(limits.largeJobBytes), 'large');
});
