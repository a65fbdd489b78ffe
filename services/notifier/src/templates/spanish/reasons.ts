import { type ProblemSlug, problemType } from '@comprimemelo/contracts/problems';

/** The titles of the problems that a task can fail with. */
const titles: Partial<Record<ProblemSlug, string>> = {
  'unsupported-format': 'No se puede escribir ese formato',
  'unsupported-archive': 'No se leen archivos comprimidos de ese tipo',
  'unsupported-option': 'La opción no sirve para ese formato',
  'single-file-format': 'Ese formato solo admite un archivo',
  'unusable-name': 'El nombre del archivo no se puede usar',
  'archive-corrupt': 'El archivo comprimido está dañado o incompleto',
  'archive-too-large': 'El archivo comprimido contiene más de lo que se acepta',
  'archive-too-demanding': 'El archivo comprimido necesita más memoria de la disponible',
  'password-required': 'El archivo está cifrado y no se ha dado ninguna contraseña',
  'password-wrong': 'La contraseña no abre el archivo',
  'entry-not-found': 'El archivo comprimido no contiene esa entrada',
  'unsafe-entry': 'No es seguro extraer una de las entradas del archivo comprimido',
  'upload-too-large': 'El archivo supera el límite',
  'insufficient-storage': 'No queda espacio',
  'processing-failed': 'No se ha podido procesar la tarea',
};

const byType: Record<string, string | undefined> = Object.fromEntries(
  Object.entries(titles).map(([slug, title]) => [problemType(slug as ProblemSlug), title]),
);

/** The title of a problem by its `type`; undefined where there is none in this language. */
export const spanishTitle = (type: string): string | undefined => byType[type];
