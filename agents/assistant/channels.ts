import type { SlackApi } from '../../core/index.ts';

/** A channel as a model may name it. */
export type ChannelReference = { id: string; name?: string } | { name: string };

/**
 * Reads `C024BE91L`, `<#C024BE91L|general>` (as Slack writes channels into messages), `#general` or `general`.
 *
 * @returns undefined for what names no channel
 */
export function parseChannel(text: string): ChannelReference | undefined {
  const trimmed = text.trim();
  const linked = /^<#([CGD][A-Z0-9]+)(?:\|([^>]*))?>$/.exec(trimmed);
  if (linked?.[1]) return { id: linked[1], ...(linked[2] ? { name: linked[2] } : {}) };
  if (/^[CGD][A-Z0-9]+$/.test(trimmed)) return { id: trimmed };
  const name = /^#?([^\s#<>|,.]{1,80})$/.exec(trimmed)?.[1];
  return name ? { name: name.toLowerCase() } : undefined;
}

interface ChannelPage {
  channels?: { id: string; name?: string }[];
  response_metadata?: { next_cursor?: string };
}

const MOST_PAGES = 10;

/**
 * Finds a public channel's id by its name with conversations.list, page by page.
 *
 * @throws SlackCallError; Error when the workspace has no such channel
 */
export async function findChannel(slack: SlackApi, name: string): Promise<string> {
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { channels, response_metadata } = await slack.call<ChannelPage>('conversations.list', {
      exclude_archived: true,
      limit: 1000,
      ...(cursor ? { cursor } : {}),
    });
    const found = channels?.find((channel) => channel.name === name);
    if (found) return found.id;
    cursor = response_metadata?.next_cursor || undefined;
    if (!cursor) break;
  }
  throw new Error(`There is no public channel named #${name}. Ask for it to be written as a channel link.`);
}
