import { limits } from '@comprimemelo/contracts/limits';
import { taskEndTypes } from '@comprimemelo/contracts/webhook';
import Type from 'typebox';

/** The fields of a webhook that its owner sets. */
export const requestedWebhook = {
  url: Type.String({
    minLength: 1,
    maxLength: limits.webhookUrlLength,
    description: 'Where events are sent: an `https` URL on the public internet',
    examples: ['https://hooks.example/comprimemelo'],
  }),
  events: Type.Optional(
    Type.Array(Type.Enum(taskEndTypes), {
      minItems: 1,
      uniqueItems: true,
      description: 'The events to receive; default: all',
      examples: [['task.processed', 'task.failed']],
    }),
  ),
  enabled: Type.Optional(
    Type.Boolean({ description: 'Set to false to stop sending events', examples: [true] }),
  ),
  description: Type.Optional(
    // Not a union: the validator would coerce null to an empty string.
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      maxLength: limits.webhookDescriptionLength,
      description: 'A note for yourself',
      examples: ['Our build server'],
    }),
  ),
};
