import { problemTexts } from '@comprimemelo/contracts/problem-texts';
import { type ProblemSlug, problems, problemType } from '@comprimemelo/contracts/problems';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => escapes[one] ?? one);

/** A sentence as HTML: what stands in backticks becomes code. */
const prose = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/problems.css">
</head>
<body>
${body}
</body>
</html>
`;

const slugs = Object.keys(problems) as ProblemSlug[];

function pageOf(slug: ProblemSlug): string {
  const { status, title } = problems[slug];
  const { meaning, remedy } = problemTexts[slug];
  return page(
    `${title} (${slug})`,
    `<p><a href="/problems/">All problems</a></p>
<h1>${escaped(title)}</h1>
<p><code>${problemType(slug)}</code>, HTTP status ${status}</p>
<h2>What it means</h2>
<p>${prose(meaning)}</p>
<h2>What to do</h2>
<p>${prose(remedy)}</p>
<p>All operations: <a href="/docs/">API reference</a></p>`,
  );
}

function listPage(): string {
  const rows = slugs.map((slug) => {
    const { status, title } = problems[slug];
    return `<tr><td>${status}</td><td><a href="/problems/${slug}">${slug}</a></td><td>${escaped(title)}</td></tr>`;
  });
  return page(
    'Comprimemelo: problems',
    `<h1>Problems</h1>
<p>Every error of the <a href="/docs/">API</a> is a problem (RFC 9457). Its <code>type</code> is the address of its
page here.</p>
<table>
<tr><th>Status</th><th>Type</th><th>Title</th></tr>
${rows.join('\n')}
</table>`,
  );
}

/** The pages under `/problems/`, by file name: one for each problem, and `index.html`, which lists them. */
export const problemPages = (): Map<string, string> =>
  new Map([
    ['index.html', listPage()],
    ...slugs.map((slug) => [`${slug}.html`, pageOf(slug)] as const),
  ]);
