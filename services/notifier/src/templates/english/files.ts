import { fileLists } from '../file-lists.js';

export const { textList, htmlList, subjectOf } = fileLists((count) => `and ${count} more`);
