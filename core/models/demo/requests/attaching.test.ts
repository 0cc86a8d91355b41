import { expect, test } from 'vitest';
import { assistant } from '../../../../agents/assistant/agent.ts';
import { fakeSlack, toolContext } from '../../../../test/support/fake-slack.ts';
import { checkAttachment } from '../../../attachments/check-attachment.ts';
import { runTool } from '../../../tools/run-tool.ts';
import { planReply } from '../plan-reply.ts';

const about = (request: string) => ({
  ...{ request, before: [], files: [], unreadable: [], steps: [], said: '' },
  ...{ tools: new Set(assistant.tools.map(({ name }) => name)), channel: 'C1', requester: 'U1' },
  ...{ turnId: 't0', attempt: 1 },
});

test.each([
  ['draw a chart', 'chart', 'bar'],
  ['Draw me a PIE chart please', 'chart', 'pie'],
  ['draw a line chart', 'chart', 'line'],
  ['draw an area chart', 'chart', 'area'],
  ['write a file', 'file', undefined],
])('%s: the assistant’s tool takes what the demo model asks for', async (request, kind, type) => {
  const [call] = planReply(about(request)).calls;
  const tool = assistant.tools.find(({ name }) => name === call?.tool);
  if (!tool || !call) throw new Error('No tool was asked for.');
  const attached: unknown[] = [];
  const outcome = await runTool(tool, call.input, {
    ...toolContext(fakeSlack({}).slack),
    attach: async (attachment) => {
      const { content } = checkAttachment(attachment, 1_000_000);
      attached.push([attachment.kind, 'chart' in content ? content.chart.chart.type : undefined]);
    },
  });
  expect(outcome.kind).toBe('output');
  expect(attached).toEqual([[kind, type]]);
});
