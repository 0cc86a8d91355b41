import { z } from 'zod';

/** Bodies of the admin routes that change what exists; closed as all of them. */

const text = z.string().min(1);
const url = z.url().nullable();
const json = z.record(z.string(), z.json());

const command = z.strictObject({
  command: z.string().regex(/^\/\S+$/, 'a command begins with a slash'),
  url: url.default(null),
  description: z.string().default(''),
  usageHint: z.string().default(''),
  shouldEscape: z.boolean().default(false),
});

const shortcut = z.strictObject({
  name: text,
  type: z.enum(['global', 'message']),
  callbackId: text,
  description: z.string().default(''),
});

/** What can be set of an app, at its making and later. */
const appSettings = {
  description: z.string().optional(),
  isAgent: z.boolean().optional(),
  eventsUrl: url.optional(),
  interactionsUrl: url.optional(),
  optionsUrl: url.optional(),
  subscriptions: z.array(text).optional(),
  commands: z.array(command).optional(),
  shortcuts: z.array(shortcut).optional(),
  suggestedPrompts: z.array(z.strictObject({ title: text, message: text })).optional(),
  redirectUrls: z.array(z.url()).optional(),
  botScopes: z.array(text).optional(),
  userScopes: z.array(text).optional(),
  tokenRotation: z.boolean().optional(),
  orgDeploy: z.boolean().optional(),
  pkce: z.boolean().optional(),
  homeTab: z.boolean().optional(),
  messagesTab: z.boolean().optional(),
  messagesTabReadOnly: z.boolean().optional(),
  distribution: z.enum(['internal', 'marketplace', 'unlisted']).optional(),
  delayedEvents: z.boolean().optional(),
  eventsDisabled: z.boolean().optional(),
  clientId: text.optional(),
  clientSecret: text.optional(),
};

export const setApp = z.strictObject({
  app: text.optional(),
  /** A manifest (§9) sets all that it says; where the app is installed, it then has exactly its scopes. */
  manifest: json.optional(),
  name: text.optional(),
  signingSecret: text.optional(),
  /** Sets the URL of every slash command. */
  commandsUrl: url.optional(),
  /** Send url_verification to the events URL first; refused unless the app answers it (§6). */
  verify: z.boolean().optional(),
  ...appSettings,
});

export const newApp = z.strictObject({
  id: text.optional(),
  /** A manifest (§9) says everything; members beside it replace what it says. */
  manifest: json.optional(),
  name: text.optional(),
  signingSecret: text.optional(),
  verify: z.boolean().optional(),
  ...appSettings,
});

export const setInstallation = z.strictObject({
  app: text.optional(),
  team: text.optional(),
  scopes: z.array(text).optional(),
  /** Revoked as if by an admin: its token says `token_revoked`. With `false` it works again. */
  revoked: z.boolean().optional(),
});

export const newInstallation = z.strictObject({
  app: text,
  teamId: text.optional(),
  /** Instead of a workspace: for all of an organisation. */
  enterpriseId: text.optional(),
  botToken: text.optional(),
  scopes: z.array(text).optional(),
});

export const uninstall = z.strictObject({ app: text.optional(), team: text.optional() });

export const newToken = z.strictObject({
  kind: z.enum(['config', 'app', 'user']),
  app: text.optional(),
  team: text.optional(),
  /** Whose, for a user token. */
  user: text.optional(),
  scopes: z.array(text).optional(),
});

export const changeToken = z.strictObject({
  token: text,
  /** From now on it is `token_expired`. */
  expire: z.boolean().optional(),
  revoke: z.boolean().optional(),
});

export const newEnterprise = z.strictObject({ id: text.optional(), name: text, domain: text.optional() });
export const newWorkspace = z.strictObject({
  id: text.optional(),
  name: text,
  domain: text.optional(),
  enterpriseId: text.optional(),
});

const personSettings = {
  displayName: text.optional(),
  realName: text.optional(),
  email: z.email().optional(),
  locale: text.optional(),
  title: z.string().optional(),
  timeZone: text.optional(),
  isAdmin: z.boolean().optional(),
  isGuest: z.boolean().optional(),
  /** Deactivated. */
  deleted: z.boolean().optional(),
};
export const newPerson = z.strictObject({ id: text.optional(), teamId: text, name: text, ...personSettings });
export const changePerson = z.strictObject({ user: text, name: text.optional(), ...personSettings });

export const newUserGroup = z.strictObject({
  id: text.optional(),
  teamId: text,
  handle: text,
  name: text.optional(),
  members: z.array(text).optional(),
  deleted: z.boolean().optional(),
});
export const changeUserGroup = z.strictObject({
  group: text,
  handle: text.optional(),
  name: text.optional(),
  members: z.array(text).optional(),
  deleted: z.boolean().optional(),
});

const channelSettings = {
  topic: z.string().optional(),
  purpose: z.string().optional(),
  /** Other workspaces that see it; of another organisation, it is externally shared. */
  sharedWith: z.array(text).optional(),
  extShared: z.boolean().optional(),
  postingRestricted: z.boolean().optional(),
};
export const newChannel = z.strictObject({
  id: text.optional(),
  teamId: text,
  name: text,
  kind: z.enum(['channel', 'group', 'im', 'mpim']).optional(),
  members: z.array(text),
  creator: text.optional(),
  ...channelSettings,
});
export const changeChannel = z.strictObject({
  channel: text,
  name: text.optional(),
  archived: z.boolean().optional(),
  join: z.array(text).optional(),
  leave: z.array(text).optional(),
  ...channelSettings,
});

/** The query of the authorize page; Slack does not mind what else is in it. */
export const authorizeQuery = z.object({
  client_id: z.string().optional(),
  scope: z.string().optional(),
  user_scope: z.string().optional(),
  redirect_uri: z.string().optional(),
  state: z.string().optional(),
  team: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
});
export const authorize = z.strictObject({
  user: text,
  /** The workspace, by default that of the person; or the organisation. */
  team: text.optional(),
  enterprise: text.optional(),
  allow: z.boolean(),
  query: authorizeQuery,
});
