/** A scope: for which kinds of token it exists, and the sentence of the authorize page. */
type Scope = { for: 'bot' | 'user' | 'both'; says: string };

const bot = (says: string): Scope => ({ for: 'bot', says });
const user = (says: string): Scope => ({ for: 'user', says });
const both = (says: string): Scope => ({ for: 'both', says });

/** Scopes that the methods and events of the reference need (§9, §10.3), and the ones of their neighbours. */
export const SCOPES: Record<string, Scope> = {
  'app_mentions:read': bot('Read messages that mention it, in conversations it is in'),
  'assistant:write': bot('Act as an agent'),
  'bookmarks:read': both('List bookmarks'),
  'bookmarks:write': both('Add, edit and remove bookmarks'),
  'canvases:read': both('Read canvases'),
  'canvases:write': both('Make, edit and remove canvases'),
  'channels:history': both('Read messages of public channels it was added to'),
  'channels:join': bot('Join public channels'),
  'channels:manage': bot('Make and manage public channels'),
  'channels:read': both('See public channels and who is in them'),
  'channels:write': user('Manage your public channels'),
  'channels:write.invites': both('Invite people to public channels'),
  'channels:write.topic': both('Set the description of public channels'),
  'chat:write': both('Write messages'),
  'chat:write.customize': bot('Write messages under another name and picture'),
  'chat:write.public': bot('Write to public channels without being in them'),
  commands: bot('Offer shortcuts and slash commands'),
  'dnd:read': both('See who does not want to be disturbed'),
  email: user('See your e-mail address'),
  'emoji:read': both('See custom emoji'),
  'files:read': both('Read files shared in conversations it was added to'),
  'files:write': both('Upload, edit and remove files'),
  'groups:history': both('Read messages of private channels it was added to'),
  'groups:read': both('See private channels it was added to'),
  'groups:write': both('Manage private channels it was added to, and make new ones'),
  'groups:write.invites': both('Invite people to private channels'),
  'groups:write.topic': both('Set the description of private channels'),
  'im:history': both('Read direct messages'),
  'im:read': both('See direct messages it was added to'),
  'im:write': both('Begin direct messages with people'),
  'im:write.topic': both('Set the description of direct messages'),
  'incoming-webhook': bot('Write to one channel through an address of its own'),
  'links:read': both('See addresses in messages'),
  'links:write': both('Show previews of addresses'),
  'metadata.message:read': bot('Read the metadata of messages'),
  'mpim:history': both('Read messages of group direct messages it was added to'),
  'mpim:read': both('See group direct messages it was added to'),
  'mpim:write': both('Begin group direct messages with people'),
  'mpim:write.topic': both('Set the description of group direct messages'),
  openid: user('Confirm who you are'),
  'pins:read': both('See what is pinned'),
  'pins:write': both('Pin and unpin'),
  profile: user('See your name and picture'),
  'reactions:read': both('See emoji reactions'),
  'reactions:write': both('Add and remove emoji reactions'),
  'reminders:read': both('See reminders'),
  'reminders:write': both('Make and remove reminders'),
  'remote_files:read': both('See remote files'),
  'remote_files:share': both('Share remote files'),
  'remote_files:write': bot('Make, edit and remove remote files'),
  'search:read': user('Search the workspace'),
  'search:read.files': both('Search files'),
  'search:read.im': both('Search direct messages'),
  'search:read.mpim': both('Search group direct messages'),
  'search:read.private': both('Search private channels'),
  'search:read.public': both('Search public channels'),
  'search:read.users': both('Search people'),
  'team:read': both('See name and domain of the workspace'),
  'usergroups:read': both('See user groups'),
  'usergroups:write': both('Make and manage user groups'),
  'users.profile:read': both('See profiles of people'),
  'users.profile:write': user('Change your profile'),
  'users:read': both('See people of the workspace'),
  'users:read.email': both('See e-mail addresses of people'),
  'users:write': both('Set its presence'),
};

/** Scopes of a list that a token of this kind cannot have. */
export function unknownScopes(scopes: readonly string[], kind: 'bot' | 'user'): string[] {
  return scopes.filter((scope) => {
    const known = Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined;
    return known === undefined || (known.for !== kind && known.for !== 'both');
  });
}

/** The words of the authorize page. */
export function scopeSentence(scope: string): string {
  return SCOPES[scope]?.says ?? scope;
}

/** `a,b c` as a list: commas or spaces separate, twice counts once. */
export function scopeList(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/[\s,]+/).filter((scope) => scope !== ''))];
}
