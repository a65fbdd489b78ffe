import { type Language, languages } from '@comprimemelo/contracts/account';

/** The supported language that an Accept-Language header prefers; English if there is none. */
export function preferredLanguage(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return { language: tag.split('-', 1)[0], weight: weight ? Number(weight.slice(2)) : 1 };
  });
  const [first] = wanted
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .flatMap(({ language }) => languages.filter((ours) => ours === language));
  return first ?? 'en';
}
