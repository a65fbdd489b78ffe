import type { EncodingChoice } from './name-reader.js';

const again = 'If they look wrong, run the task again with `nameEncoding`.';

const reasons: Readonly<Record<EncodingChoice['basis'], (choice: EncodingChoice) => string>> = {
  told: () => 'as `nameEncoding` says.',
  standard: () => `as the format's standard says. ${again}`,
  assumed: () => `which is usual for the format. ${again}`,
  detected: ({ confidence }) =>
    `found by the names themselves, ${Math.round(confidence * 100)} % sure. ${again}`,
};

/** What a report says of names that were read in another encoding than UTF-8. */
export const encodingDetail = (choice: EncodingChoice): string =>
  `These names are not UTF-8. They were read as ${choice.encoding}, ${reasons[choice.basis](choice)}`;
