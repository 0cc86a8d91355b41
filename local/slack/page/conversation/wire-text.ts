/** Names that stand for something in what people write, by name without its sign. */
export type Names = {
  people: ReadonlyMap<string, string>;
  groups: ReadonlyMap<string, string>;
  channels: ReadonlyMap<string, string>;
};

const BROADCASTS = new Set(['here', 'channel', 'everyone']);
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;
const NAMED = /(^|[\s(])([@#])([\p{L}\p{N}_.-]*[\p{L}\p{N}_-])/gu;

/** What Slack's clients send for what was typed: `&`, `<` and `>` escaped, names as `<@U…>`, `<!subteam^S…>`, `<#C…>`. */
export function toWire(typed: string, names: Names): string {
  return typed
    .split(CODE)
    .map((piece, at) => (at % 2 === 1 ? escaped(piece) : named(escaped(piece), names)))
    .join('');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function named(text: string, names: Names): string {
  return text.replaceAll(NAMED, (whole, before: string, sign: string, name: string) => {
    const token = sign === '@' ? mention(name, names) : channelLink(name, names);
    return token === undefined ? whole : before + token;
  });
}

function mention(name: string, { people, groups }: Names): string | undefined {
  const person = people.get(name);
  if (person !== undefined) return `<@${person}>`;
  const group = groups.get(name);
  if (group !== undefined) return `<!subteam^${group}|@${name}>`;
  return BROADCASTS.has(name) ? `<!${name}>` : undefined;
}

function channelLink(name: string, { channels }: Names): string | undefined {
  const channel = channels.get(name);
  return channel === undefined ? undefined : `<#${channel}|${name}>`;
}

/** The other way, for editing: what a person would have typed to get this text. `handles` are names by id. */
export function fromWire(text: string, handles: ReadonlyMap<string, string>): string {
  const typed = text.replaceAll(
    /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g,
    (whole, sign, id: string, label = '') => {
      if (sign === '@') return `@${handles.get(id) ?? (label || id)}`;
      if (sign === '#') return `#${handles.get(id) ?? (label || id)}`;
      if (sign === '!') return broadcastName(id, label, handles) ?? whole;
      return label === '' || label === id ? id : `${label} (${id})`;
    },
  );
  return typed.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function broadcastName(id: string, label: string, handles: ReadonlyMap<string, string>): string | undefined {
  if (BROADCASTS.has(id)) return `@${id}`;
  const group = /^subteam\^(\S+)$/.exec(id)?.[1];
  if (group === undefined) return undefined;
  return `@${handles.get(group) ?? (label.replace(/^@/, '') || group)}`;
}
