import type { DeliveryRecord } from '../../../events/delivery-log.ts';
import type { JsonObject } from '../../../json.ts';
import { act } from '../../api/request.ts';
import type { BlockOwner } from '../owner.ts';

/** An element, and who acts on it. */
export type Target = { user: string; owner: BlockOwner; blockId: string; actionId: string };

/** The app hears of it: `block_actions`. @throws AdminError with the simulator's sentence */
export async function tellApp(
  { user, owner, blockId, actionId }: Target,
  input: JsonObject,
): Promise<string> {
  const element = { user, block_id: blockId, action_id: actionId, ...input };
  switch (owner.kind) {
    case 'message':
      return failureOf(
        await act<DeliveryRecord>('click', { ...element, channel: owner.channel, ts: owner.ts }),
      );
    case 'modal':
    case 'home':
      return failureOf(await act<DeliveryRecord>('view/action', { ...element, view_id: owner.viewId }));
    case 'inert':
      return '';
  }
}

/** Only the simulator hears of it: it goes along with the next click, or when the view is sent. */
export async function remember(target: Target, input: JsonObject): Promise<void> {
  const { user, owner, blockId, actionId } = target;
  if (owner.kind === 'inert') return;
  if (owner.kind === 'message') {
    const { channel, ts } = owner;
    await act('input', { user, channel, ts, block_id: blockId, action_id: actionId, ...input });
    return;
  }
  const values = { [blockId]: { [actionId]: input } };
  await act('view/state', { user, view_id: owner.viewId, values });
}

/** What Slack says beside an element whose app did not take the click; empty when all went well. */
function failureOf({ state, attempts }: DeliveryRecord): string {
  if (state === 'no_url')
    return 'This app has no URL for interactions yet. Give it one in the app’s settings.';
  if (state !== 'failed' && state !== 'dropped') return '';
  const last = attempts.at(-1);
  if (last?.failure === 'http_timeout') return 'The app did not respond in time. Try again.';
  if (last?.status) return `The app responded with status code ${last.status}. Try again.`;
  return 'The app could not be reached. Try again.';
}
