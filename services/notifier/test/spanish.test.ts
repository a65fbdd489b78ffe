import { problems } from '@comprimemelo/contracts/problems';
import t from 'tap';
import { render } from '../src/render.js';
import { spanishTitle } from '../src/templates/spanish/reasons.js';
import { failed, passwordReset, processed, publicUrl, taskId, welcome } from './notifications.js';

const recipient = { name: 'Íñigo', email: 'i@example.com', language: 'es' as const };

t.test('every e-mail in Spanish, in both parts', async (t) => {
  const expected = [
    [
      { ...welcome(), recipient },
      'Te damos la bienvenida',
      'Tu cuenta de Comprimemelo ya está lista',
    ],
    [passwordReset({ recipient }), 'Restablece tu contraseña', 'solo se puede usar una vez'],
    [processed({ recipient }), 'Comprimido: report.pdf', 'ha terminado con un resultado'],
    [failed({ recipient }), 'No se ha podido comprimir: report.pdf', 'dañado o incompleto'],
  ] as const;
  for (const [notification, subject, sentence] of expected) {
    const mail = render(notification, publicUrl);
    t.match(mail.subject, subject);
    for (const part of [mail.text, mail.html]) {
      t.match(part, 'Hola, Íñigo:');
      t.match(part, sentence);
      t.notMatch(part, /Hello|Your|The /);
    }
    t.match(mail.html, '<html lang="es">');
  }
});

t.test('the reason of a failed task: the title, the entry, and no English detail', async (t) => {
  const { text } = render(failed({ recipient }), publicUrl);
  const reason = 'Motivo: El archivo comprimido está dañado o incompleto (inner/a.txt).';
  t.match(text, reason);
  t.notMatch(text, 'The end is missing');
  t.match(text, `https://files.example/api/tasks/${taskId}`);
  const unknown = { type: '/problems/of-tomorrow', title: 'Something new' };
  t.match(render(failed({ recipient, error: unknown }), publicUrl).text, 'Something new.');
  t.match(render(failed({ recipient, error: null }), publicUrl).text, 'Motivo: desconocido.');
  for (const slug of Object.keys(problems).filter((slug) => /^(archive|password)-/.test(slug))) {
    t.ok(spanishTitle(`/problems/${slug}`), `${slug} has a title`);
  }
});

t.test('names are counted', async (t) => {
  const files = Array.from({ length: 13 }, (_, index) => `file-${index}`);
  const { subject, text } = render(processed({ recipient, files, resultCount: 2 }), publicUrl);
  t.equal(subject, 'Comprimido: file-0 y 12 más');
  t.match(text, '- file-9\n- y 3 más\n');
  t.match(text, 'con 2 resultados');
});
