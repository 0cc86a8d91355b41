import { Fragment, type ReactNode } from 'react';
import type { JsonObject } from '../../../json.ts';
import { simulatorNow, useClock } from '../../ui/use-clock.ts';
import { numbered } from '../numbered.ts';
import { numberOf, objectOf, wordOf } from '../read.ts';
import { dateText } from './date-text.ts';
import { Emoji } from './emoji.tsx';
import { Broadcast, ChannelMention, GroupMention, PersonMention, TeamMention } from './mention.tsx';
import { LINK, safeUrl } from './safe-url.ts';

/** The inline elements of rich text (§3.2), each with its marks. */
export function Inline({ parts }: { parts: JsonObject[] }) {
  return numbered(parts).map(({ key, item }) => (
    <Fragment key={`${item.type} ${key}`}>{marked(leaf(item), item)}</Fragment>
  ));
}

function leaf(part: JsonObject): ReactNode {
  switch (part.type) {
    case 'link':
      return <Link url={wordOf(part.url)} text={wordOf(part.text)} />;
    case 'user':
      return <PersonMention id={wordOf(part.user_id)} />;
    case 'channel':
      return <ChannelMention id={wordOf(part.channel_id)} />;
    case 'usergroup':
      return <GroupMention id={wordOf(part.usergroup_id)} />;
    case 'team':
      return <TeamMention id={wordOf(part.team_id)} />;
    case 'broadcast':
      return <Broadcast range={wordOf(part.range)} />;
    case 'emoji':
      return <Emoji given={part} />;
    case 'date':
      return <DateText given={part} />;
    case 'color':
      return <Colour value={wordOf(part.value)} />;
    default:
      return wordOf(part.text) || wordOf(part.fallback);
  }
}

function Link({ url, text }: { url: string; text: string }) {
  const href = safeUrl(url);
  if (href === undefined) return text || url;
  return (
    <a href={href} {...LINK}>
      {text || url}
    </a>
  );
}

function DateText({ given }: { given: JsonObject }) {
  const clock = useClock();
  const seconds = numberOf(given.timestamp, 0);
  const shown = dateText(seconds, wordOf(given.format), { ...clock, now: simulatorNow() });
  const href = safeUrl(wordOf(given.url));
  const time = (
    <time
      dateTime={isoOf(seconds)}
      title={dateText(seconds, '{date_long} {time_secs}', { ...clock, now: 0 })}
    >
      {shown || wordOf(given.fallback)}
    </time>
  );
  return href === undefined ? (
    time
  ) : (
    <a href={href} {...LINK}>
      {time}
    </a>
  );
}

function isoOf(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** A colour as Slack shows one: its value with a sample. */
function Colour({ value }: { value: string }) {
  const valid = /^#([0-9a-f]{3}){1,2}$/i.test(value);
  return (
    <span className="rich-colour">
      {value}
      {valid && (
        <svg className="rich-colour-sample" viewBox="0 0 1 1" aria-hidden="true">
          <rect width="1" height="1" fill={value} />
        </svg>
      )}
    </span>
  );
}

function marked(inner: ReactNode, part: JsonObject): ReactNode {
  const style = objectOf(part.style);
  if (!style) return inner;
  let out = inner;
  if (style.code) out = <code>{out}</code>;
  if (style.highlight || style.client_highlight) out = <mark>{out}</mark>;
  if (style.underline) out = <u>{out}</u>;
  if (style.strike) out = <s>{out}</s>;
  if (style.italic) out = <em>{out}</em>;
  if (style.bold) out = <strong>{out}</strong>;
  return out;
}
