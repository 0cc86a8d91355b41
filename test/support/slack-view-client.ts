import type { WaitResult } from '../../local/slack/admin/types.ts';
import type { AdminView, PersonViews, ViewCondition } from '../../local/slack/admin/views-types.ts';
import type { DeliveryRecord } from '../../local/slack/events/delivery-log.ts';
import type { Input } from '../../local/slack/interactions/read-input.ts';
import type { JsonObject } from '../../local/slack/json.ts';
import type { ViewInputs } from '../../local/slack/views/act.ts';
import type { Submitted } from '../../local/slack/views/submit.ts';
import { SlackAdminHttp } from './slack-admin-http.ts';

export type { AdminView, PersonViews };

/** What people do in modals and homes of a Slack simulator. Without `view_id` the top of the person's modal is meant. */
export class SlackViewClient extends SlackAdminHttp {
  readonly #timeoutMs: number;

  constructor(url: string, options: { timeoutMs: number }) {
    super(url);
    this.#timeoutMs = options.timeoutMs;
  }

  /** What is on a person's screen. */
  async of(user: string): Promise<PersonViews> {
    const { views } = await this.get<{ views: PersonViews[] }>('state');
    return views.find((one) => one.user === user) ?? { user, modals: [], homes: [], openHome: null };
  }

  /** Enters values: by block, by action. */
  enter(given: { user: string; view_id?: string; values: ViewInputs }): Promise<PersonViews> {
    return this.send('POST', 'act/view/state', given);
  }

  /** Acts on an element of a modal or home; the record says how the app answered. */
  act(
    given: { user: string; view_id?: string; action_id: string; block_id?: string } & Input,
  ): Promise<DeliveryRecord> {
    return this.send('POST', 'act/view/action', given);
  }

  /** Sends a modal, after entering `values`. */
  submit(given: {
    user: string;
    view_id?: string;
    values?: ViewInputs;
  }): Promise<Submitted & { views: PersonViews }> {
    return this.send('POST', 'act/view/submit', given);
  }

  /** Closes the top view, or with `all` the whole modal. */
  close(given: {
    user: string;
    view_id?: string;
    all?: boolean;
  }): Promise<{ deliveries: DeliveryRecord[]; views: PersonViews }> {
    return this.send('POST', 'act/view/close', given);
  }

  /** Uploads as a file input does: their ids are values for `files`. */
  async upload(user: string, files: { name: string; content: string }[]): Promise<string[]> {
    const form = new FormData();
    form.set('user', user);
    for (const { name, content } of files) form.append('file', new Blob([content]), name);
    const answer = await this.sendForm<{ files: { id: string }[] }>('act/upload', form);
    return answer.files.map(({ id }) => id);
  }

  /** Opens a tab of an app's home. */
  openHome(given: { user: string; app?: string; tab: 'home' | 'messages' }): Promise<PersonViews> {
    return this.send('POST', 'act/home', given);
  }

  /** What the person looks at beside the app's DM. */
  async context(given: { user: string; app?: string; entities: JsonObject[] }): Promise<void> {
    await this.send('POST', 'act/context', given);
  }

  /** Waits until a view is on somebody's screen; the newest that matches. */
  async waitFor(condition: Omit<ViewCondition, 'kind' | 'closed'>, timeoutMs?: number): Promise<AdminView> {
    const found = (await this.#wait(condition, timeoutMs)).views?.at(-1);
    if (!found) throw new Error('nothing matched');
    return found;
  }

  /** Waits until no view that matches is open (any more). */
  async waitUntilClosed(
    condition: Omit<ViewCondition, 'kind' | 'closed'>,
    timeoutMs?: number,
  ): Promise<void> {
    await this.#wait({ ...condition, closed: true }, timeoutMs);
  }

  #wait(condition: Omit<ViewCondition, 'kind'>, timeoutMs = this.#timeoutMs): Promise<WaitResult> {
    return this.send('POST', 'wait', { condition: { kind: 'view', ...condition }, timeoutMs });
  }
}
