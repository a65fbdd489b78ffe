import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';
import { htmlList, subjectOf, textList } from './files.js';
import { done } from './operations.js';

const count = (results: number) => (results === 1 ? 'one result' : `${results} results`);

/** The e-mail about a processed task. */
export const taskProcessed: Templates['task.processed'] = (message, links) => {
  const { recipient, files, operation, resultCount, taskId } = message;
  const link = links.task(taskId);
  const subject = `${done[operation]}: ${subjectOf(files)}`;
  const outcome = `Your task has finished with ${count(resultCount)}.`;
  return {
    subject,
    text: `Hello ${recipient.name},

${done[operation]}:
${textList(files)}

${outcome} To get the task, send a request with your access token to:
${link}
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>${done[operation]}:</p>
${htmlList(files)}
<p>${outcome} To get the task, send a request with your access token to:<br><a href="${link}">${link}</a></p>`,
    ),
  };
};
