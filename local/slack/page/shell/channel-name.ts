/** What Slack makes of a channel's name as it is typed: lower case, hyphens for spaces, at most 80 characters. */
export function toChannelName(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/^#/, '')
    .replaceAll(/\s+/g, '-')
    .replaceAll(/[^\p{L}\p{N}_-]/gu, '')
    .slice(0, 80);
}
