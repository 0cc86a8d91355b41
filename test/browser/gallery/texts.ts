import type { JsonObject } from '../../../local/slack/json.ts';
import { SEED } from '../../../local/slack/world/seed.ts';
import { button, mrkdwn, PICTURE, plain, rich, runs, text } from './parts.ts';

/** Blocks that say something. */
export const TEXTS: JsonObject[] = [
  { type: 'header', text: plain('Weekly report of the on-call team :memo:') },
  {
    type: 'section',
    text: mrkdwn(
      `Hello <@${SEED.people.requester}>, *three* alerts were _open_ in <#${SEED.channels.general}>, ~four~ closed. ` +
        `<!here> see <https://status.example.com/week|the week> and \`checkout.errors\` :rocket:`,
    ),
    accessory: { type: 'image', image_url: PICTURE, alt_text: 'A lake at dusk' },
  },
  {
    type: 'section',
    fields: [
      mrkdwn('*Service*\ncheckout'),
      mrkdwn('*On call*\n<!subteam^S0ONCALL000>'),
      mrkdwn('*Errors*\n0.4 %'),
      plain('Plain field, not *bold*'),
    ],
  },
  {
    type: 'section',
    block_id: 'long',
    text: mrkdwn(
      Array.from(
        { length: 24 },
        (_, at) => `Line ${at + 1} of a text that is longer than most want to read.`,
      ).join('\n'),
    ),
  },
  { type: 'divider' },
  {
    type: 'rich_text',
    elements: [
      runs(
        text('Marks: '),
        text('bold', { bold: true }),
        text(', '),
        text('italic', { italic: true }),
        text(', '),
        text('gone', { strike: true }),
        text(', '),
        text('code', { code: true }),
        text(', '),
        text('all of them', { bold: true, italic: true, strike: true }),
        text('. People: '),
        { type: 'user', user_id: SEED.people.reviewer },
        text(' '),
        { type: 'channel', channel_id: SEED.channels.team },
        text(' '),
        { type: 'usergroup', usergroup_id: SEED.userGroup },
        text(' '),
        { type: 'broadcast', range: 'channel' },
        text(' '),
        { type: 'team', team_id: SEED.team },
        text('. At '),
        { type: 'date', timestamp: 1_795_262_400, format: '{date_long} {time}', fallback: 'in November' },
        text(' '),
        { type: 'emoji', name: 'tada' },
        text(' '),
        { type: 'color', value: '#2a7880' },
        text(' '),
        { type: 'link', url: 'https://docs.example.com/runbook', text: 'the runbook' },
        text(' '),
        { type: 'link', url: 'javascript:alert(1)', text: 'no link at all' },
      ),
      {
        type: 'rich_text_list',
        style: 'ordered',
        elements: [runs(text('Look at the graphs')), runs(text('Ask the owner'))],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        indent: 1,
        elements: [runs(text('by phone')), runs(text('by mail'))],
      },
      { type: 'rich_text_list', style: 'ordered', offset: 2, elements: [runs(text('Write it down'))] },
      { type: 'rich_text_quote', elements: [text('It was the cache.\nIt is always the cache.')] },
      {
        type: 'rich_text_preformatted',
        language: 'typescript',
        elements: [text('const answer = await ask(question);\nconsole.log(answer);')],
      },
    ],
  },
  { type: 'image', image_url: PICTURE, alt_text: 'A lake at dusk', title: plain('Where the servers stand') },
  {
    type: 'image',
    image_url: 'https://images.example.com/nowhere.png',
    alt_text: 'A graph that is not here',
  },
  {
    type: 'context',
    elements: [
      { type: 'image', image_url: PICTURE, alt_text: 'Lake' },
      mrkdwn('From *monitoring* · updated a minute ago'),
      plain('nothing was changed'),
    ],
  },
];

/** Markdown, which Slack converts to other blocks. */
export const MARKDOWN: JsonObject[] = [
  {
    type: 'markdown',
    text: '# What happened\n\nThe **cache** was _full_:\n\n1. it filled\n   - slowly\n2. it stopped\n\n| Zone | Errors |\n|:--|--:|\n| a | 12 |\n| b | 3 |\n\n---\n\n```sql\nselect count(*) from orders;\n```\n\n> It works again.',
  },
];

/** Cards, carousel, container, and what lies elsewhere. */
export const CARDS: JsonObject[] = [
  {
    type: 'card',
    hero_image: { type: 'image', image_url: PICTURE, alt_text: 'A lake at dusk' },
    slack_icon: { type: 'icon', name: 'rocket' },
    title: mrkdwn('Release *42*'),
    subtitle: mrkdwn('checkout'),
    body: mrkdwn('Ready since this morning, waits for somebody who says yes.'),
    subtext: mrkdwn('Built from `main`'),
    actions: [button('Release', 'card_release', { style: 'primary' }), button('Later', 'card_later')],
  },
  {
    type: 'carousel',
    elements: ['Frankfurt', 'Dublin', 'Ohio', 'Oregon'].map((name, at) => ({
      type: 'card',
      title: mrkdwn(name),
      body: mrkdwn(`${at + 2} services run here.`),
      actions: [button(`Open ${name}`, `carousel_${at}`)],
    })),
  },
  {
    type: 'container',
    title: plain('Two alerts'),
    subtitle: mrkdwn('of the *last hour*'),
    icon: { type: 'image', image_url: PICTURE, alt_text: 'Lake' },
    width: 'wide',
    is_collapsible: true,
    has_header_divider: true,
    child_blocks: [
      { type: 'section', text: mrkdwn('Disk of `db-3` is nearly full.') },
      { type: 'actions', elements: [button('Look', 'container_look')] },
    ],
  },
  {
    type: 'container',
    rich_text_title: rich(runs(text('Folded', { bold: true }), text(' from the start'))),
    width: 'narrow',
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [{ type: 'context', elements: [mrkdwn('Inside the fold')] }],
  },
  {
    type: 'video',
    video_url: 'https://videos.example.com/embed/1',
    thumbnail_url: 'https://videos.example.com/1.png',
    alt_text: 'How to restart',
    title: plain('How to restart the service'),
    title_url: 'https://videos.example.com/1',
    author_name: 'On-call team',
    provider_name: 'Example Videos',
    description: plain('Four minutes, no sound.'),
  },
  { type: 'file', external_id: 'runbook-7', source: 'remote' },
];
