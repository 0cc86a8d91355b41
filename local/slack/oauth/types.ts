/** Why a token is no good any more (§1.6 Generic). */
export type TokenEnd = 'token_revoked' | 'account_inactive';

/** An access token: of a bot, of a person, for configuring apps (`apps.manifest.*`), or of an app itself (`xapp-`). */
export type Token = {
  token: string;
  kind: 'bot' | 'user' | 'config' | 'app';
  /** Empty for a configuration token, which stands for no app. */
  appId: string;
  /** Null where it is org-wide: one token for all workspaces that were granted (§8). */
  teamId: string | null;
  enterpriseId: string | null;
  /** The bot user, or the person. */
  userId: string;
  scopes: string[];
  /** Milliseconds since the epoch; null for one that does not expire. */
  expiresAt: number | null;
  ended: TokenEnd | null;
  /** It was given for an expiring pair (`oauth.v2.exchange`). */
  exchanged?: boolean;
};

/** A refresh token: works once (§8). */
export type RefreshToken = {
  token: string;
  /** The access token that came with it. */
  access: Token;
  /** When it was used first, in milliseconds since the epoch. */
  usedAt: number | null;
};

/** What an app asks for at `/oauth/v2/authorize`, checked. */
export type Grant = {
  appId: string;
  botScopes: string[];
  userScopes: string[];
  /** As sent; absent where the app's only redirect URL was meant. */
  redirectUri: string | undefined;
  codeChallenge: string | undefined;
};

/** A code of the redirect: lives ten minutes, works once (§8). */
export type Code = Grant & {
  code: string;
  userId: string;
  teamId: string | null;
  enterpriseId: string | null;
  expiresAt: number;
  used: boolean;
};
