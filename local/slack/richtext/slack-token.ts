import type { Inline, Style } from './types.ts';
import { withStyle } from './types.ts';

/** `<@U1>`, `<#C1|name>`, `<!channel>`, `<!subteam^S1>`, `<https://…|label>`: all that Slack puts between angle brackets. */
export const SLACK_TOKEN = /^<((?:[@#!][^<>\n]+)|(?:(?:https?:\/\/|mailto:)[^<>\s|]+(?:\|[^<>\n]*)?))>/;

/** The rich_text element that an angle-bracket token stands for; undefined when it is none. */
export function slackToken(inside: string, style: Style): Inline | undefined {
  const [target = '', label] = splitLabel(inside);
  if (/^@[UW][A-Z0-9]+$/.test(target)) return withStyle({ type: 'user', user_id: target.slice(1) }, style);
  if (/^#C[A-Z0-9]+$/.test(target)) return withStyle({ type: 'channel', channel_id: target.slice(1) }, style);
  const subteam = /^!subteam\^(S[A-Z0-9]+)$/.exec(target)?.[1];
  if (subteam !== undefined) return withStyle({ type: 'usergroup', usergroup_id: subteam }, style);
  const range = /^!(here|channel|everyone)$/.exec(target)?.[1];
  if (range !== undefined) return withStyle({ type: 'broadcast', range }, style);
  const date = /^!date\^(\d+)\^([^^]+)/.exec(target);
  if (date) {
    const fallback = label ? { fallback: label } : {};
    return { type: 'date', timestamp: Number(date[1]), format: date[2] ?? '', ...fallback };
  }
  if (/^(https?:\/\/|mailto:)/.test(target)) {
    return withStyle({ type: 'link', url: target, ...(label ? { text: label } : {}) }, style);
  }
  return undefined;
}

function splitLabel(inside: string): [string, string | undefined] {
  const bar = inside.indexOf('|');
  return bar < 0 ? [inside, undefined] : [inside.slice(0, bar), inside.slice(bar + 1)];
}
