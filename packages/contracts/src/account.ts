import Type, { type Static } from 'typebox';
import { Id, Nullable, Time } from './identifier.js';

/** The languages of e-mails. */
export const languages = ['en', 'es'] as const;
export const Language = Type.Enum(languages, {
  description: 'Language of the e-mails that you receive',
});
export type Language = Static<typeof Language>;

export const Account = Type.Object(
  {
    id: Id,
    username: Type.String({ examples: ['grace'] }),
    email: Type.String({ examples: ['grace@example.com'] }),
    firstName: Nullable(Type.String({ examples: ['Grace'] })),
    lastName: Nullable(Type.String({ examples: ['Hopper'] })),
    language: Language,
    createdAt: Time,
  },
  { $id: 'Account', description: 'A user account' },
);
export type Account = Static<typeof Account>;

/** The answer to a log-in or a refresh, with RFC 6749's names. */
export const TokenSet = Type.Object(
  {
    access_token: Type.String({
      description: 'Send it as `Authorization: Bearer <access token>` until it expires',
      examples: ['eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTkzIn0.c2lnbmF0dXJl'],
    }),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({
      description: 'Lifetime of the access token in seconds',
      examples: [600],
    }),
    refresh_token: Type.String({
      description: 'Exchange it for new tokens with refreshToken; works once',
      examples: ['8xLOxBtZp8-q3fJv0m1t1wYz0nVQ7l2kq4s5u6w7y8A'],
    }),
  },
  { $id: 'TokenSet', description: 'An access token and a refresh token' },
);
export type TokenSet = Static<typeof TokenSet>;

/** What an access token says, beside the registered claims. */
export const accessTokenIssuer = 'comprimemelo';
export const accessTokenAudience = 'comprimemelo-api';
