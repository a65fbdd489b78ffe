// The page that a link in an e-mail leads to. The token is behind the `#`, where no server and no log sees it.
const texts = {
  en: {
    title: 'Set a new password',
    label: 'New password, 8 characters or more',
    send: 'Set the password',
    done: 'Your new password is set. You can log in with it.',
    'invalid-reset-token': 'This link is incomplete, used or expired. Ask for a new one.',
    'weak-password': 'That password is too easy to guess. Choose another one.',
    other: 'That did not work. Try again in a moment.',
  },
  es: {
    title: 'Elige una contraseña nueva',
    label: 'Contraseña nueva, de 8 caracteres o más',
    send: 'Guardar la contraseña',
    done: 'La contraseña nueva está guardada. Ya puedes usarla.',
    'invalid-reset-token':
      'Este enlace está incompleto, ya se ha usado o ha caducado. Pide uno nuevo.',
    'weak-password': 'Esa contraseña es demasiado fácil de adivinar. Elige otra.',
    other: 'No ha funcionado. Inténtalo de nuevo en un momento.',
  },
};
const language = navigator.language.startsWith('es') ? 'es' : 'en';
const words = texts[language];
document.documentElement.lang = language;
document.title = words.title;
for (const element of document.querySelectorAll('[data-text]')) {
  element.textContent = words[element.dataset.text];
}

const form = document.querySelector('#form');
const outcome = document.querySelector('#outcome');
const token = location.hash.slice(1);

async function setPassword(password) {
  const response = await fetch('/api/auth/password-reset/confirm', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, password }),
  });
  if (response.ok) return 'done';
  const { type } = await response.json();
  return type.split('/').at(-1);
}

/** Says what has come of it. With some outcomes the form is of no more use. */
function tell(slug) {
  outcome.textContent = words[slug] ?? words.other;
  outcome.className = slug === 'done' ? 'good' : 'bad';
  form.hidden = slug === 'done' || slug === 'invalid-reset-token';
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  outcome.textContent = '';
  form.elements.send.disabled = true;
  tell(await setPassword(form.elements.password.value).catch(() => 'other'));
  form.elements.send.disabled = false;
});

// Of a link that was not copied as a whole.
if (!/^[\w-]+$/.test(token)) tell('invalid-reset-token');
