import type { AttachmentRecord, ChartAttachment } from '../../attachments/attachment.ts';
import { isAbsent } from '../../store/bodies.ts';
import type { RelayDeps } from '../deps.ts';
import type { ShownChart } from '../plan/charts.ts';

/** The contents of charts, in their order; one whose content is gone is left out. */
export async function loadCharts(
  { bodies, log }: Pick<RelayDeps, 'bodies' | 'log'>,
  attachments: readonly AttachmentRecord[],
): Promise<ShownChart[]> {
  const loaded = await Promise.all(
    attachments.map(async ({ id, key }): Promise<ShownChart[]> => {
      try {
        return [{ ...((await bodies.get(key)) as Omit<ChartAttachment, 'kind'>), id }];
      } catch (error) {
        if (!isAbsent(error)) throw error;
        log.error('the content of a chart is gone', { key });
        return [];
      }
    }),
  );
  return loaded.flat();
}
