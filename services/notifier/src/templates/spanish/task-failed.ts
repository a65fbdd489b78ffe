import type { TaskEnded } from '@comprimemelo/contracts/messages';
import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';
import { htmlList, subjectOf, textList } from './files.js';
import { undone } from './operations.js';
import { spanishTitle } from './reasons.js';

/** The reason without the detail, which exists only in English. */
function reasonOf({ error }: TaskEnded): string {
  if (error === null) return 'desconocido.';
  const at = error.entry === undefined ? '' : ` (${error.entry})`;
  return `${spanishTitle(error.type) ?? error.title}${at}.`;
}

/** The e-mail about a failed task. */
export const taskFailed: Templates['task.failed'] = (message, links) => {
  const { recipient, files, operation, taskId } = message;
  const link = links.task(taskId);
  const subject = `${undone[operation]}: ${subjectOf(files)}`;
  const reason = reasonOf(message);
  return {
    subject,
    text: `Hola, ${recipient.name}:

${undone[operation]}:
${textList(files)}

Motivo: ${reason}

Para ver la tarea completa, haz una petición con tu token de acceso a:
${link}
`,
    html: page(
      'es',
      subject,
      html`<p>Hola, ${recipient.name}:</p>
<p>${undone[operation]}:</p>
${htmlList(files)}
<p>Motivo: ${reason}</p>
<p>Para ver la tarea completa, haz una petición con tu token de acceso a:<br><a href="${link}">${link}</a></p>`,
    ),
  };
};
