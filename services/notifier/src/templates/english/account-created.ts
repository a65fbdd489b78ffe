import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The welcome e-mail. */
export const accountCreated: Templates['account.created'] = ({ recipient }, links) => {
  const subject = 'Welcome to Comprimemelo';
  return {
    subject,
    text: `Hello ${recipient.name},

Your Comprimemelo account is ready. Comprimemelo compresses your files and e-mails you when they are done.

Read how to use the API and try it in your browser:
${links.docs}

You received this message because someone signed up with this address. If that was not you, you can ignore it.
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>Your Comprimemelo account is ready. Comprimemelo compresses your files and e-mails you when they are done.</p>
<p><a href="${links.docs}">Read how to use the API and try it in your browser</a></p>
<p style="color:#71717a;font-size:14px">You received this message because someone signed up with this address.
If that was not you, you can ignore it.</p>`,
    ),
  };
};
