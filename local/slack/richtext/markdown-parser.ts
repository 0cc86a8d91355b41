import MarkdownIt from 'markdown-it';
import { SLACK_TOKEN } from './slack-token.ts';

/**
 * Reads Markdown as Slack's streams and markdown blocks do: CommonMark with tables and strike-through, no HTML,
 * and Slack's own tokens (`<@U…>`, `<!channel>`, `<url|label>`) honoured (§1.2 `markdown_text`).
 */
export const markdownParser = new MarkdownIt({ html: false, linkify: true });

markdownParser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdownParser.inline.ruler.before('autolink', 'slack_token', (state, silent) => {
  const match = SLACK_TOKEN.exec(state.src.slice(state.pos));
  if (!match) return false;
  if (!silent) state.push('slack_token', '', 0).content = match[1] ?? '';
  state.pos += match[0].length;
  return true;
});
