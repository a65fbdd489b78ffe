import t from 'tap';
import { render } from '../../src/servers/template.js';

const placeholder = (name: string) => `\${${name}}`;

t.test('fills the names and leaves the dollar signs of nginx alone', (t) => {
  const rest = `set $x $request_id; map "^a{1,2}$" ${placeholder('lower')};`;
  const template = `listen ${placeholder('A_B')}; ${rest}`;
  t.equal(render(template, { A_B: '80' }), `listen 80; ${rest}`);
  t.end();
});

t.test('a value stands for itself', (t) => {
  const value = `$& ${placeholder('B')} $1`;
  t.equal(render(placeholder('A'), { A: value }), value);
  t.end();
});

t.test('a name without a value and a value that breaks out are errors', (t) => {
  t.throws(() => render(placeholder('MISSING'), {}), { message: /MISSING/ });
  const quoted = `"${placeholder('A')}"`;
  t.throws(() => render(quoted, { A: 'x"; return 200' }), { message: /quote/ });
  t.throws(() => render(placeholder('A'), { A: 'x\ny' }), { message: /line break/ });
  t.end();
});
