import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The welcome. */
export const accountCreated: Templates['account.created'] = ({ recipient }, links) => {
  const subject = 'Welcome to Comprimemelo';
  return {
    subject,
    text: `Hello ${recipient.name},

your account at Comprimemelo is ready. It compresses files for you and tells you when they are done.

How to use it, and a page to try it from:
${links.docs}

This message was sent because this address was used to sign up. If that was not you, ignore it.
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>your account at Comprimemelo is ready. It compresses files for you and tells you when they are done.</p>
<p><a href="${links.docs}">How to use it, and a page to try it from</a></p>
<p style="color:#71717a;font-size:14px">This message was sent because this address was used to sign up.
If that was not you, ignore it.</p>`,
    ),
  };
};
