import type { JsonObject } from '../json.ts';
import type { HomeTab } from '../views/store.ts';

/** A view as the admin API shows it. */
export type AdminView = {
  /** Whose screen it is on. */
  user: string;
  /** As Slack gives it, with what the person entered (§4). */
  view: JsonObject;
  /** By block_id, to show at the fields. */
  errors: Record<string, string>;
  /** What Slack says when the app did not answer as it should. */
  failure: string | null;
  /** The app has not answered the submission yet. */
  submitting: boolean;
  /** Title, labels, texts, values and errors, for searching. */
  visibleText: string;
};

/** What is on one person's screen. */
export type PersonViews = {
  user: string;
  /** The modal's views, the first at the bottom. */
  modals: AdminView[];
  homes: AdminView[];
  /** Which tab of which app's home the person looked at last. */
  openHome: HomeTab | null;
};

/** What to wait for on people's screens; every given member must hold. */
export type ViewCondition = {
  kind: 'view';
  user?: string | undefined;
  callback_id?: string | undefined;
  view_id?: string | undefined;
  type?: 'modal' | 'home' | undefined;
  titleIncludes?: string | undefined;
  textIncludes?: string | undefined;
  /** An error at a field, or a failure of the whole. */
  hasError?: boolean | undefined;
  /** `true`: no view that is open matches. */
  closed?: boolean | undefined;
  count?: number | undefined;
};
