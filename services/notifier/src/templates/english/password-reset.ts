import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The e-mail with the password reset link. */
export const passwordReset: Templates['account.password-reset'] = ({ recipient, token }, links) => {
  const link = links.passwordReset(token);
  const subject = 'Reset your Comprimemelo password';
  return {
    subject,
    text: `Hello ${recipient.name},

We received a request to reset the password of your Comprimemelo account. Use this link to set a new password. It
works once and expires in 30 minutes:
${link}

If you did not request this, ignore this message. Your password will not change.
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>We received a request to reset the password of your Comprimemelo account. Use this link to set a new password.
It works once and expires in 30 minutes:</p>
<p><a href="${link}">Set a new password</a></p>
<p style="color:#71717a;font-size:14px">If you did not request this, ignore this message. Your password
will not change.</p>`,
    ),
  };
};
