import { type ProblemSlug, problemType } from '@comprimemelo/contracts/problems';

/** The titles of the problems that a task can fail with. */
const titles: Partial<Record<ProblemSlug, string>> = {
  'unsupported-format': 'El formato de salida no es compatible',
  'unsupported-archive': 'El archivo no es de un formato comprimido compatible',
  'unsupported-option': 'El formato o la operación no admiten esa opción',
  'single-file-format': 'Ese formato solo admite un archivo',
  'unusable-name': 'El nombre del archivo no es válido',
  'archive-corrupt': 'El archivo comprimido está dañado o incompleto',
  'volumes-missing': 'Faltan partes del archivo comprimido dividido',
  'volumes-conflict': 'Las partes del archivo comprimido dividido no encajan entre sí',
  'archive-unreadable-here': 'El archivo comprimido no se puede leer con seguridad',
  'archive-too-large': 'El archivo comprimido es demasiado grande una vez descomprimido',
  'archive-too-demanding': 'El archivo comprimido necesita demasiada memoria o demasiado tiempo',
  'password-required': 'El archivo comprimido está cifrado y necesita una contraseña',
  'password-wrong': 'La contraseña del archivo comprimido no es correcta',
  'entry-not-found': 'El archivo comprimido no contiene la entrada solicitada',
  'unsafe-entry': 'No es seguro extraer una de las entradas del archivo comprimido',
  'upload-too-large': 'El archivo supera el tamaño máximo',
  'insufficient-storage': 'No queda espacio de almacenamiento',
  'processing-failed': 'No se ha podido procesar la tarea',
};

const byType: Record<string, string | undefined> = Object.fromEntries(
  Object.entries(titles).map(([slug, title]) => [problemType(slug as ProblemSlug), title]),
);

/** The title of a problem by its `type`; undefined where there is none in this language. */
export const spanishTitle = (type: string): string | undefined => byType[type];
