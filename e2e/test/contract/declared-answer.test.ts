import t from 'tap';
import { apiDocument } from '../client/api-document.js';
import { declaredAnswers } from './declared-answer.js';

const document = await apiDocument();
const { fault, strangeFault } = declaredAnswers(document);
const operation = document.operations.find(({ operationId }) => operationId === 'getAccount');
if (operation === undefined) throw new Error('there is no getAccount');

const account = {
  id: '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11',
  username: 'ada',
  email: 'ada@example.com',
  firstName: null,
  lastName: null,
  createdAt: '2026-01-31T12:00:00.000Z',
  language: 'en',
};
const problem = { type: '/problems/unauthenticated', title: 'No', status: 401 };

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  body: Buffer.from(JSON.stringify(body)),
  headers: { 'content-type': 'application/json', 'x-request-id': '1', ...headers },
});
const asProblem = { 'content-type': 'application/problem+json' };

t.test('an answer as declared has no fault', async (t) => {
  t.equal(fault(operation, answer(200, account)), undefined);
  t.equal(fault(operation, answer(401, problem, asProblem)), undefined);
  t.equal(strangeFault(answer(401, problem, asProblem)), undefined);
});

t.test('every other one has', async (t) => {
  t.match(fault(operation, answer(200, { ...account, id: 7 })), 'must be string');
  t.match(fault(operation, answer(201, account)), 'status 201 is not declared');
  t.match(fault(operation, answer(503, problem, asProblem)), 'status 503');
  t.match(
    fault(operation, answer(200, account, { 'content-type': 'text/html' })),
    '200 as text/html',
  );
  t.match(fault(operation, answer(401, problem)), '401 as application/json');
  t.match(fault(operation, answer(404, problem, asProblem)), 'unauthenticated with 404');
  const { 'x-request-id': _, ...headers } = answer(200, account).headers;
  t.match(fault(operation, { ...answer(200, account), headers }), '200 without X-Request-Id');
  t.match(strangeFault(answer(500, problem, asProblem)), 'status 500');
  t.match(strangeFault(answer(404, problem, asProblem)), 'unauthenticated with 404');
});
