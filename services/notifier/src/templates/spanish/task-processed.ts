import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';
import { htmlList, subjectOf, textList } from './files.js';
import { done } from './operations.js';

const count = (results: number) => (results === 1 ? 'un resultado' : `${results} resultados`);

/** The e-mail about a processed task. */
export const taskProcessed: Templates['task.processed'] = (message, links) => {
  const { recipient, files, operation, resultCount, taskId } = message;
  const link = links.task(taskId);
  const subject = `${done[operation]}: ${subjectOf(files)}`;
  const outcome = `Tu tarea ha terminado con ${count(resultCount)}.`;
  return {
    subject,
    text: `Hola, ${recipient.name}:

${done[operation]}:
${textList(files)}

${outcome} Para obtener la tarea, haz una petición con tu token de acceso a:
${link}
`,
    html: page(
      'es',
      subject,
      html`<p>Hola, ${recipient.name}:</p>
<p>${done[operation]}:</p>
${htmlList(files)}
<p>${outcome} Para obtener la tarea, haz una petición con tu token de acceso a:<br><a href="${link}">${link}</a></p>`,
    ),
  };
};
