import type { TaskEnded } from '@comprimemelo/contracts/messages';
import { html } from '../../html.js';
import { page } from '../page.js';
import type { Templates } from '../template.js';
import { htmlList, subjectOf, textList } from './files.js';
import { undone } from './operations.js';

function reasonOf({ error }: TaskEnded): string {
  if (error === null) return 'The reason is not known.';
  const at = error.entry === undefined ? '' : ` (${error.entry})`;
  const detail = error.detail === undefined ? '' : ` ${error.detail}`;
  return `${error.title}${at}.${detail}`;
}

/** A task has failed, and why. */
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

The reason: ${reason}

The whole task, with your access token:
${link}
`,
    html: page(
      'en',
      subject,
      html`<p>Hello ${recipient.name},</p>
<p>${undone[operation]}:</p>
${htmlList(files)}
<p>The reason: ${reason}</p>
<p>The whole task, with your access token:<br><a href="${link}">${link}</a></p>`,
    ),
  };
};
