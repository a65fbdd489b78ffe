import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';

/** The welcome. */
export const accountCreated: Templates['account.created'] = ({ recipient }, links) => {
  const subject = 'Te damos la bienvenida a Comprimemelo';
  return {
    subject,
    text: `Hola, ${recipient.name}:

Tu cuenta de Comprimemelo está lista. Comprime tus archivos y te avisa cuando ha terminado.

Cómo se usa, y una página para probarlo:
${links.docs}

Recibes este mensaje porque alguien se ha registrado con esta dirección. Si no has sido tú, no hagas caso.
`,
    html: page(
      'es',
      subject,
      html`<p>Hola, ${recipient.name}:</p>
<p>Tu cuenta de Comprimemelo está lista. Comprime tus archivos y te avisa cuando ha terminado.</p>
<p><a href="${links.docs}">Cómo se usa, y una página para probarlo</a></p>
<p style="color:#71717a;font-size:14px">Recibes este mensaje porque alguien se ha registrado con esta
dirección. Si no has sido tú, no hagas caso.</p>`,
    ),
  };
};
