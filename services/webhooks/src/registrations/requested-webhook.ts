import { limits } from '@comprimemelo/contracts/limits';
import { taskEndTypes } from '@comprimemelo/contracts/webhook';
import Type from 'typebox';

/** The fields of a webhook that its owner sets. */
export const requestedWebhook = {
  url: Type.String({
    minLength: 1,
    maxLength: limits.webhookUrlLength,
    description: 'Where events are sent: an `https` address of the public internet',
    examples: ['https://hooks.example/comprimemelo'],
  }),
  events: Type.Optional(
    Type.Array(Type.Enum(taskEndTypes), {
      minItems: 1,
      uniqueItems: true,
      description: 'What it is told of; all, unless it says otherwise',
      examples: [['task.processed', 'task.failed']],
    }),
  ),
  enabled: Type.Optional(
    Type.Boolean({ description: 'False: nothing is sent to it', examples: [true] }),
  ),
  description: Type.Optional(
    // Not a union: the validator would make an empty text of null.
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      maxLength: limits.webhookDescriptionLength,
      description: 'For people',
      examples: ['Our build server'],
    }),
  ),
};
