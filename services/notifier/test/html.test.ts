import t from 'tap';
import { html } from '../src/html.js';

t.test('values are escaped, between tags and in quoted attributes', async (t) => {
  const hostile = `<script>alert("1")</script> & 'x'`;
  t.equal(
    html`<p title="${hostile}">${hostile}</p>`.toString(),
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">' +
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
  );
});

t.test('what is escaped already is escaped again: text is never taken for markup', async (t) => {
  t.equal(html`<p>${'&lt;b&gt;'}</p>`.toString(), '<p>&amp;lt;b&amp;gt;</p>');
});

t.test('markup of the same tag is kept, alone and in lists', async (t) => {
  const items = ['a', '<b>'].map((name) => html`<li>${name}</li>`);
  t.equal(html`<ul>${items}</ul>`.toString(), '<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  t.equal(html`<p>${html`<i>${1}</i>`}</p>`.toString(), '<p><i>1</i></p>');
});

t.test('an object with a toString of its own is not markup', async (t) => {
  const forged = { toString: () => '<b>' } as unknown as string;
  t.throws(() => html`<p>${forged}</p>`);
});
