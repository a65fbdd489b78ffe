import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import t from 'tap';
import { findBrokerScript, findProgram } from '../../src/process/find-program.js';

t.test('the first name wins, in the order of the directories', (t) => {
  const root = t.testdir({
    a: { other: '' },
    b: { wanted: '', other: '', plain: '' },
    c: { wanted: '', directory: {} },
  });
  for (const path of ['a/other', 'b/wanted', 'b/other', 'c/wanted']) {
    chmodSync(join(root, path), 0o755);
  }
  const path = ['a', 'b', 'c'].map((name) => join(root, name)).join(delimiter);
  t.equal(findProgram(['wanted', 'other'], path), join(root, 'b/wanted'));
  t.equal(findProgram(['other'], path), join(root, 'a/other'));
  t.equal(findProgram(['directory'], path), undefined);
  t.equal(findProgram(['no-such-program-here'], path), undefined);
  t.end();
});

t.test('what an ordinary PATH leaves out is found too', (t) => {
  t.match(findProgram(['nginx'], ''), /sbin\/nginx$/);
  t.end();
});

t.test('the newest RabbitMQ is taken', (t) => {
  const root = t.testdir({
    'rabbitmq_server-3.9.13': { sbin: { 'rabbitmq-server': '' } },
    'rabbitmq_server-3.10.8': { sbin: { 'rabbitmq-server': '' } },
    'rabbitmq_server-4.0.1': {},
  });
  for (const version of ['3.9.13', '3.10.8']) {
    chmodSync(join(root, `rabbitmq_server-${version}`, 'sbin/rabbitmq-server'), 0o755);
  }
  t.equal(findBrokerScript(root), join(root, 'rabbitmq_server-3.10.8/sbin/rabbitmq-server'));
  t.equal(findBrokerScript(join(root, 'absent')), undefined);
  t.end();
});
