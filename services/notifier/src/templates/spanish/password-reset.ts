import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The link to set a new password. */
export const passwordReset: Templates['account.password-reset'] = ({ recipient, token }, links) => {
  const link = links.passwordReset(token);
  const subject = 'Elige una contraseña nueva para Comprimemelo';
  return {
    subject,
    text: `Hola, ${recipient.name}:

Alguien ha pedido una contraseña nueva para tu cuenta de Comprimemelo. Puedes elegirla aquí, una sola vez y
en los próximos 30 minutos:
${link}

Si no has sido tú, no hagas caso de este mensaje: tu contraseña sigue siendo la misma.
`,
    html: page(
      'es',
      subject,
      html`<p>Hola, ${recipient.name}:</p>
<p>Alguien ha pedido una contraseña nueva para tu cuenta de Comprimemelo. Puedes elegirla aquí, una sola vez
y en los próximos 30 minutos:</p>
<p><a href="${link}">Elegir una contraseña nueva</a></p>
<p style="color:#71717a;font-size:14px">Si no has sido tú, no hagas caso de este mensaje: tu contraseña sigue
siendo la misma.</p>`,
    ),
  };
};
