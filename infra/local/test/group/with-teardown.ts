import t from 'tap';

t.teardown(() => undefined);
t.test('of the first file', async (t) => t.pass('one'));
