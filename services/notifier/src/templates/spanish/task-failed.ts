import type { TaskEnded } from '@comprimemelo/contracts/messages';
import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';
import { htmlList, subjectOf, textList } from './files.js';
import { undone } from './operations.js';
import { spanishTitle } from './reasons.js';

/** Without the detail, which is in English; the task has it. */
function reasonOf({ error }: TaskEnded): string {
  if (error === null) return 'No se conoce el motivo.';
  const at = error.entry === undefined ? '' : ` (${error.entry})`;
  return `${spanishTitle(error.type) ?? error.title}${at}.`;
}

/** A task has failed, and why. */
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

El motivo: ${reason}

La tarea completa, con tu token de acceso:
${link}
`,
    html: page(
      'es',
      subject,
      html`<p>Hola, ${recipient.name}:</p>
<p>${undone[operation]}:</p>
${htmlList(files)}
<p>El motivo: ${reason}</p>
<p>La tarea completa, con tu token de acceso:<br><a href="${link}">${link}</a></p>`,
    ),
  };
};
