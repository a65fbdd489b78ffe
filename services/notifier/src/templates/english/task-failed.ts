import type { TaskEnded } from '@comprimemelo/contracts/messages';
import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';
import { htmlList, subjectOf, textList } from './files.js';
import { undone } from './operations.js';

function reasonOf({ error }: TaskEnded): string {
  if (error === null) return 'unknown.';
  const at = error.entry === undefined ? '' : ` (${error.entry})`;
  const detail = error.detail === undefined ? '' : ` ${error.detail}`;
  return `${error.title}${at}.${detail}`;
}

/** The e-mail about a failed task. */
export const taskFailed: Templates['task.failed'] = (message, links) => {
  const { recipient, files, operation, taskId } = message;
  const link = links.task(taskId);
  const subject = `${undone[operation]}: ${subjectOf(files)}`;
  const reason = reasonOf(message);
  return {
    subject,
    text: `Hello ${recipient.name},

${undone[operation]}:
${textList(files)}

Reason: ${reason}

To see the full task, send a request with your access token to:
${link}
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>${undone[operation]}:</p>
${htmlList(files)}
<p>Reason: ${reason}</p>
<p>To see the full task, send a request with your access token to:<br><a href="${link}">${link}</a></p>`,
    ),
  };
};
