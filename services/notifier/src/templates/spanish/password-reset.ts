import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The e-mail with the password reset link. */
export const passwordReset: Templates['account.password-reset'] = ({ recipient, token }, links) => {
  const link = links.passwordReset(token);
  const subject = 'Restablece tu contraseña de Comprimemelo';
  return {
    subject,
    text: `Hola, ${recipient.name}:

Hemos recibido una solicitud para restablecer la contraseña de tu cuenta de Comprimemelo. Elige una contraseña nueva
en este enlace, que solo se puede usar una vez y caduca en 30 minutos:
${link}

Si no lo has solicitado, ignora este mensaje: tu contraseña no cambiará.
`,
    html: page(
      'es',
      subject,
      html`<p>Hola, ${recipient.name}:</p>
<p>Hemos recibido una solicitud para restablecer la contraseña de tu cuenta de Comprimemelo. Elige una contraseña
nueva en este enlace, que solo se puede usar una vez y caduca en 30 minutos:</p>
<p><a href="${link}">Elegir una contraseña nueva</a></p>
<p style="color:#71717a;font-size:14px">Si no lo has solicitado, ignora este mensaje: tu contraseña no
cambiará.</p>`,
    ),
  };
};
