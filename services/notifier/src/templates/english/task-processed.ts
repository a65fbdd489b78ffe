import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';
import { htmlList, subjectOf, textList } from './files.js';
import { done } from './operations.js';

const count = (results: number) => (results === 1 ? 'one result' : `${results} results`);

/** A task has ended well. */
export const taskProcessed: Templates['task.processed'] = (message, links) => {
  const { recipient, files, operation, resultCount, taskId } = message;
  const link = links.task(taskId);
  const subject = `${done[operation]}: ${subjectOf(files)}`;
  const outcome = `Your task has ended with ${count(resultCount)}.`;
  return {
    subject,
    text: `Hello ${recipient.name},

${done[operation]}:
${textList(files)}

${outcome} Ask for it with your access token at
${link}
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>${done[operation]}:</p>
${htmlList(files)}
<p>${outcome} Ask for it with your access token at<br><a href="${link}">${link}</a></p>`,
    ),
  };
};
