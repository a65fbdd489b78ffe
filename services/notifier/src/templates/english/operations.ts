import type { OperationName } from '@comprimemelo/contracts/states';

/** What has been done to the files, by operation. */
export const done: Record<OperationName, string> = {
  compress: 'Compressed',
  decompress: 'Decompressed',
  convert: 'Converted',
  inspect: 'Inspected',
};

export const undone: Record<OperationName, string> = {
  compress: 'Could not compress',
  decompress: 'Could not decompress',
  convert: 'Could not convert',
  inspect: 'Could not inspect',
};
