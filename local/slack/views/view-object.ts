import type { JsonObject } from '../json.ts';
import type { StoredView } from './types.ts';

/**
 * A view as Slack gives it (§4 Response). Answers of the Web API carry no values; interactions carry what the person
 * has entered (§5).
 */
export function viewObject(view: StoredView, with_: { values: boolean }): JsonObject {
  const { installation } = view;
  return {
    id: view.id,
    team_id: installation.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: with_.values ? view.values : {} },
    hash: view.hash,
    title: view.title,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.close,
    submit: view.submit,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: installation.appId,
    external_id: view.externalId,
    app_installed_team_id: installation.teamId,
    bot_id: installation.botId,
  };
}
