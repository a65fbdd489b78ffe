import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The welcome e-mail. */
export const accountCreated: Templates['account.created'] = ({ recipient }, links) => {
  const subject = 'Te damos la bienvenida a Comprimemelo';
  return {
    subject,
    text: `Hola, ${recipient.name}:

Tu cuenta de Comprimemelo ya está lista. Comprimemelo comprime tus archivos y te avisa por correo cuando termina.

Consulta cómo se usa la API y pruébala en tu navegador:
${links.docs}

Has recibido este mensaje porque alguien se ha registrado con esta dirección. Si no has sido tú, puedes ignorarlo.
`,
    html: page(
      'es',
      subject,
      html`<p>Hola, ${recipient.name}:</p>
<p>Tu cuenta de Comprimemelo ya está lista. Comprimemelo comprime tus archivos y te avisa por correo cuando
termina.</p>
<p><a href="${links.docs}">Consulta cómo se usa la API y pruébala en tu navegador</a></p>
<p style="color:#71717a;font-size:14px">Has recibido este mensaje porque alguien se ha registrado con esta
dirección. Si no has sido tú, puedes ignorarlo.</p>`,
    ),
  };
};
