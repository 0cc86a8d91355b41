/** A permission that an app asks for. */
export type Permission = { scope: string; says: string };

export type ScopeGroup = { title: string; permissions: Permission[] };

const ABOUT_WORKSPACE =
  /^(team|users|users\.profile|usergroups|emoji|dnd|commands|incoming-webhook|profile|openid|email)(:|$)/;

/**
 * Permissions as the authorize page groups them: what the app can see, then what it can do; in conversations, in the
 * workspace, and for the person who allows it.
 */
export function scopeGroups(bot: Permission[], user: Permission[]): ScopeGroup[] {
  const groups: ScopeGroup[] = [
    {
      title: 'See content and info about channels and conversations',
      permissions: bot.filter((one) => reads(one) && !ofWorkspace(one)),
    },
    {
      title: 'See content and info about your workspace',
      permissions: bot.filter((one) => reads(one) && ofWorkspace(one)),
    },
    { title: 'See content and info about you', permissions: user.filter(reads) },
    {
      title: 'Act in channels and conversations',
      permissions: bot.filter((one) => !reads(one) && !ofWorkspace(one)),
    },
    { title: 'Act in your workspace', permissions: bot.filter((one) => !reads(one) && ofWorkspace(one)) },
    { title: 'Act as you', permissions: user.filter((one) => !reads(one)) },
  ];
  return groups.filter((group) => group.permissions.length > 0);
}

const reads = ({ scope }: Permission): boolean =>
  /:(read|history)(\.|:|$)/.test(scope) || ['openid', 'email', 'profile'].includes(scope);

const ofWorkspace = ({ scope }: Permission): boolean => ABOUT_WORKSPACE.test(scope);
