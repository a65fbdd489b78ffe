import Type, { type Static } from 'typebox';
import { Id, Nullable, Time } from './identifier.js';

export const Account = Type.Object(
  {
    id: Id,
    username: Type.String(),
    email: Type.String(),
    firstName: Nullable(Type.String()),
    lastName: Nullable(Type.String()),
    createdAt: Time,
  },
  { $id: 'Account' },
);
export type Account = Static<typeof Account>;

/** The answer to a log-in or a refresh, with RFC 6749's names. */
export const TokenSet = Type.Object(
  {
    access_token: Type.String(),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Seconds' }),
    refresh_token: Type.String(),
  },
  { $id: 'TokenSet' },
);
export type TokenSet = Static<typeof TokenSet>;

/** What an access token says, beside the registered claims. */
export const accessTokenIssuer = 'comprimemelo';
export const accessTokenAudience = 'comprimemelo-api';
