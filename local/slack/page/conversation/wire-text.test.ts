import { expect, test } from 'vitest';
import { fromWire, toWire } from './wire-text.ts';

const names = {
  people: new Map([
    ['reviewer', 'U1'],
    ['sluice', 'U2'],
  ]),
  groups: new Map([['oncall', 'S1']]),
  channels: new Map([['team', 'C1']]),
};
const handles = new Map([
  ['U1', 'reviewer'],
  ['C1', 'team'],
  ['S1', 'oncall'],
]);

test.each([
  ['is 2 < 3 & 4 > 3?', 'is 2 &lt; 3 &amp; 4 &gt; 3?'],
  ['@reviewer look', '<@U1> look'],
  ['(@reviewer, see #team)', '(<@U1>, see <#C1|team>)'],
  ['@oncall and @here', '<!subteam^S1|@oncall> and <!here>'],
  ['@nobody', '@nobody'],
  ['mail@reviewer', 'mail@reviewer'],
  ['`@reviewer` stays', '`@reviewer` stays'],
])('what is typed as %s goes out as Slack sends it', (typed, wire) => {
  expect(toWire(typed, names)).toBe(wire);
});

test.each([
  ['<@U1> look', '@reviewer look'],
  ['<@UNKNOWN> look', '@UNKNOWN look'],
  ['see <#C1|old-name>', 'see #team'],
  ['<!subteam^S1|@oncall> <!channel>', '@oncall @channel'],
  ['<https://example.com>', 'https://example.com'],
  ['<https://example.com|here>', 'here (https://example.com)'],
  ['2 &lt; 3 &amp;&amp; 4 &gt; 3', '2 < 3 && 4 > 3'],
  ['&amp;lt;', '&lt;'],
])('%s is edited as it would have been typed', (wire, typed) => {
  expect(fromWire(wire, handles)).toBe(typed);
});
