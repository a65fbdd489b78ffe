import type { OperationName } from '@comprimemelo/contracts/states';

/** What has been done to the files, by operation. */
export const done: Record<OperationName, string> = {
  compress: 'Comprimido',
  decompress: 'Descomprimido',
  convert: 'Convertido',
  inspect: 'Examinado',
};

export const undone: Record<OperationName, string> = {
  compress: 'No se ha podido comprimir',
  decompress: 'No se ha podido descomprimir',
  convert: 'No se ha podido convertir',
  inspect: 'No se ha podido examinar',
};
