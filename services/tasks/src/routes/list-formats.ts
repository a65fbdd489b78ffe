import { formats, readFormats } from '@comprimemelo/contracts/formats';
import { nameEncodingNames } from '@comprimemelo/contracts/name-encodings';
import { levels } from '@comprimemelo/contracts/states';
import type { App } from '@comprimemelo/service/http/http-app';
import { problemResponses } from '@comprimemelo/service/http/openapi';
import Type from 'typebox';
import { readingOptions } from '../request/plan-options.js';

const Format = Type.Object({
  name: Type.String(),
  extensions: Type.Array(Type.String()),
  aliases: Type.Array(Type.String(), { description: 'Other words for it in `format`' }),
  mediaType: Type.String(),
  read: Type.Boolean(),
  written: Type.Boolean(),
  singleFile: Type.Boolean({ description: 'Holds exactly one file and no paths' }),
  options: Type.Array(Type.String(), {
    description: 'Options that createTask accepts when it writes this format',
  }),
});

const schema = {
  operationId: 'listFormats',
  tags: ['Tasks'],
  summary: 'The formats',
  description:
    'Returns every supported format: whether it can be read and written, and with which options.',
  response: {
    200: {
      ...Type.Object({
        items: Type.Array(Format),
        levels: Type.Array(Type.String()),
        nameEncodings: Type.Array(Type.String(), {
          description:
            'What `nameEncoding` may be besides `auto`; other usual names of these are accepted',
        }),
        readingOptions: Type.Array(Type.String(), {
          description: 'Options that decompress and convert accept for every readable format',
        }),
      }),
      description: 'The formats',
    },
    ...problemResponses('invalid-request'),
  },
};

const items = readFormats.map((name) => {
  const { extensions, aliases, mediaType, written, singleFile, options } = formats[name];
  return {
    name,
    mediaType,
    read: true,
    written,
    singleFile,
    extensions: [...extensions],
    aliases: [...aliases],
    options: [...options],
  };
});

export function listFormats(app: App): void {
  app.get('/api/formats', { schema }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=3600');
    return {
      items,
      levels: [...levels],
      nameEncodings: nameEncodingNames,
      readingOptions: [...readingOptions.decompress],
    };
  });
}
