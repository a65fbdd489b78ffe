import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The link to set a new password. */
export const passwordReset: Templates['account.password-reset'] = ({ recipient, token }, links) => {
  const link = links.passwordReset(token);
  const subject = 'Set a new password for Comprimemelo';
  return {
    subject,
    text: `Hello ${recipient.name},

somebody asked for a new password for your account at Comprimemelo. You can set it here, once and within
30 minutes:
${link}

If that was not you, ignore this message: your password stays as it is.
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>somebody asked for a new password for your account at Comprimemelo. You can set it here, once and within
30 minutes:</p>
<p><a href="${link}">Set a new password</a></p>
<p style="color:#71717a;font-size:14px">If that was not you, ignore this message: your password stays as it
is.</p>`,
    ),
  };
};
