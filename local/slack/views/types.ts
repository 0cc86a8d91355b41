import type { Values } from '../interactions/input-values.ts';
import type { JsonObject } from '../json.ts';
import type { Block, Installation } from '../world/types.ts';

/** What an app says of a view: checked, with defaults filled in (§3 View, §4). */
export type ViewBody = {
  type: 'modal' | 'home';
  title: JsonObject | null;
  submit: JsonObject | null;
  close: JsonObject | null;
  blocks: Block[];
  privateMetadata: string;
  callbackId: string;
  externalId: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
};

/** A view on a person's screen. */
export type StoredView = ViewBody & {
  id: string;
  /** Whose screen. */
  user: string;
  installation: Installation;
  /** Changes with every update; given back by an app to refuse stale writes (§4). */
  hash: string;
  rootId: string;
  previousId: string | null;
  /** What the person has entered. */
  values: Values;
  /** The conversation that it was opened from. */
  conversation: string | null;
  /** By block_id, from the app or from Slack's own check. */
  errors: Record<string, string>;
  /** What Slack shows when the app did not answer as it should. */
  failure: string | null;
  /** The app has not answered its submission yet. */
  submitting: boolean;
};
