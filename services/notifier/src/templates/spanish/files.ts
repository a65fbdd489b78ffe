import { fileLists } from '../file-lists.js';

export const { textList, htmlList, subjectOf } = fileLists((count) => `y ${count} más`);
