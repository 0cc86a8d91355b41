import type { TextPolicy } from '../display/display.ts';
import { SEAM } from './atom.ts';
import { ZERO_WIDTH } from './entities.ts';
import { mayLink, readableUrl } from './link-policy.ts';
import { match } from './match.ts';

const PERSON = /<@([UW][A-Z0-9]+)(?:\|[^<>|\n`[\]]*)?>/y;
const CHANNEL = /<#C[A-Z0-9]+(?:\|[^<>|\n`[\]]*)?>/y;
const ADDRESS = /<((?:https?:\/\/|mailto:)[^<>\s|`"\\[\]^{}]+)(?:\|[^<>\n`[\]]*)?>/iy;
const MAIL = /<([a-z0-9.!#$%&'*+/=?^_{}~-]+@[a-z0-9.-]+)>/iy;
/** What a reader of Markdown, or Slack, takes for more than text when it stands behind `<`. */
const COMMAND = /<(?:@|!(?!--|\[|doctype\b)|#|[a-z][a-z0-9.+-]{1,31}:|[^\s<>@]+@)/iy;
/** `<!--`, `<![CDATA[` and `<!DOCTYPE` are no commands of Slack's: they stay as they are. */
const REMARK = /<!(?:--|\[|doctype\b)/iy;
const OPEN_ANGLE =
  /^<(?:[@#!][^<>\n]*|[a-z][a-z0-9.+-]*:[^<>\s|]*(?:\|[^<>\n]*)?|\/?[a-z][\w.-]*(?:\s[^<>\n]*)?|\/?|[^\s<>@]+@[^\s<>]*)$/i;

/** What stands at a `<` and is more than that sign; as it is sent and as it is read. */
export interface Angle {
  length: number;
  sent: string;
  shown: string;
}

/**
 * Reads what Slack, or a reader of Markdown, puts between angle brackets: people, channels, calls, addresses.
 *
 * @param escaped a backslash stands before it: for a reader of Markdown it is none
 * @returns undefined where it is but a sign
 */
export function angleAt(
  text: string,
  at: number,
  { policy: { mentions, links }, escaped }: { policy: TextPolicy; escaped: boolean },
): Angle | undefined {
  const inert = match(COMMAND, text, at) ? { length: 1, sent: `<${ZERO_WIDTH}`, shown: '<' } : undefined;
  if (escaped) return inert;
  const person = match(PERSON, text, at);
  if (person && mentions === 'people') {
    const id = /[UW][A-Z0-9]+/.exec(person)?.[0] ?? '';
    return { length: person.length, sent: `<@${id}>`, shown: SEAM + id + SEAM };
  }
  const channel = match(CHANNEL, text, at);
  if (channel) {
    const id = /C[A-Z0-9]+/.exec(channel)?.[0] ?? '';
    return { length: channel.length, sent: channel, shown: SEAM + id + SEAM };
  }
  const mail = match(MAIL, text, at)?.slice(1, -1);
  if (mail && mayLink(`mailto:${mail}`, links))
    return { length: mail.length + 2, sent: `<${mail}>`, shown: SEAM + mail + SEAM };
  const address = match(ADDRESS, text, at);
  const [url = '', label] = address?.slice(1, -1).split('|') ?? [];
  if (!address || !mayLink(url, links)) return inert;
  return { length: address.length, sent: address, shown: SEAM + (label || readableUrl(url)) + SEAM };
}

/** Whether a remark as in HTML begins here. */
export function isRemark(text: string, at: number): boolean {
  return match(REMARK, text, at) !== undefined;
}

/** Whether a text that begins with `<` may become one of these, or a tag. */
export function isOpenAngle(text: string): boolean {
  return OPEN_ANGLE.test(text);
}
