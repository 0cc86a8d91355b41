import type { AttachmentRecord } from '../../attachments/attachment.ts';
import type { SlackApi } from '../../slack/api.ts';
import { escapeMrkdwn } from '../../slack/text.ts';
import type { RelayDeps } from '../deps.ts';
import type { HeldRelay } from '../lease.ts';
import { CHARTS_PER_MESSAGE, chartBlock, chartBlockId, chartTable } from '../plan/charts.ts';
import { loadCharts } from './load-charts.ts';
import { postOnce } from './post-once.ts';
import type { Brought } from './upload-files.ts';

/**
 * Posts charts that the answer's own messages had no room for, as many as one message takes; as tables of text where
 * Slack does not take charts.
 *
 * @param left all that are left, the one on its way first
 * @throws SlackCallError
 */
export async function postCharts(
  deps: RelayDeps,
  held: HeldRelay,
  slack: SlackApi,
  left: readonly AttachmentRecord[],
): Promise<Brought> {
  const { current, done = [] } = { ...held.record.uploads };
  const known = current && current.id === left[0]?.id ? current : undefined;
  // Tables are long: each has a message of its own.
  const together = left.slice(0, known?.refused === undefined ? CHARTS_PER_MESSAGE : 1);
  const charts = await loadCharts(deps, together);
  const [first] = charts;
  const isDone = () => {
    held.change({ uploads: { done: [...done, ...together.map(({ id }) => id)] }, retry: undefined });
    return { kind: 'done' } as const;
  };
  // Their contents are gone.
  if (!first) return isDone();
  const posted = await postOnce(deps, held, slack, known ?? { id: together[0]?.id ?? first.id }, {
    blockId: chartBlockId(first.id),
    text: escapeMrkdwn(charts.map(({ title }) => title).join(', ')),
    blocks: known?.refused === undefined ? charts.map(chartBlock) : chartTable(first),
  });
  return posted.kind === 'done' ? isDone() : posted;
}
