import type {
  AdminMessage,
  AdminState,
  CallCondition,
  DeliveryCondition,
  MessageCondition,
  RawAnswer,
  WaitCondition,
  WaitResult,
} from '../../local/slack/admin/types.ts';
import type { CallRecord } from '../../local/slack/api/call-log.ts';
import type { DeliveryRecord } from '../../local/slack/events/delivery-log.ts';
import type { Input } from '../../local/slack/interactions/read-input.ts';
import type { Suggested, SuggestRequest } from '../../local/slack/interactions/suggest.ts';
import type { Json, JsonObject } from '../../local/slack/json.ts';
import type { Session } from '../../local/slack/sessions.ts';
import { SlackViewClient } from './slack-view-client.ts';
import { SlackWorldClient } from './slack-world-client.ts';

export type { AdminMessage, AdminState, CallRecord, DeliveryRecord, RawAnswer };

/** How long waits last unless told otherwise. */
const DEFAULT_TIMEOUT_MS = 15_000;

export type RawDelivery = {
  app?: string;
  target?: 'events' | 'interactions';
  url?: string;
  /** An inner event; the envelope is made around it. */
  event?: JsonObject;
  /** The whole payload as it stands. */
  payload?: JsonObject;
  /** The bytes as they stand. */
  body?: string;
  contentType?: string;
  times?: number;
  headers?: Record<string, string>;
  signingSecret?: string;
  timestampSkewSeconds?: number;
};

type OfMessage = { user: string; channel: string; ts: string; action_id: string; block_id?: string };

/**
 * Drives a Slack simulator from tests through its admin API. Waits happen on the server, so no test sleeps or polls;
 * what a person cannot do (409), a wrong request (400) and a wait that ran out (408, with a dump) throw.
 */
export class SlackSimulatorClient extends SlackWorldClient {
  /** Modals and homes. */
  readonly views: SlackViewClient;
  readonly #timeoutMs: number;

  /** @param url the simulator's address, with or without `/api/` at its end */
  constructor(url: string, options: { timeoutMs?: number } = {}) {
    super(url);
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.views = new SlackViewClient(url, { timeoutMs: this.#timeoutMs });
  }

  // What there is

  state(): Promise<AdminState> {
    return this.get('state');
  }

  /** Messages of a thread, ephemeral ones included, oldest first. */
  async thread(channel: string, threadTs: string): Promise<AdminMessage[]> {
    const { messages } = await this.state();
    return messages.filter(
      (one) => one.channel === channel && (one.ts === threadTs || one.threadTs === threadTs),
    );
  }

  async message(channel: string, ts: string): Promise<AdminMessage | undefined> {
    const { messages } = await this.state();
    return messages.find((one) => one.channel === channel && one.ts === ts);
  }

  async session(channel: string, threadTs: string): Promise<Session | undefined> {
    const { sessions } = await this.state();
    return sessions.find((one) => one.channel === channel && one.threadTs === threadTs);
  }

  calls(filter: { method?: string; after?: number } = {}): Promise<CallRecord[]> {
    return this.get(`calls?${query(filter)}`);
  }

  deliveries(filter: { type?: string; after?: number } = {}): Promise<DeliveryRecord[]> {
    return this.get(`deliveries?${query(filter)}`);
  }

  /** Ids of the newest call and delivery: pass them as `after` to look only at what comes later. */
  async mark(): Promise<{ call: number; delivery: number }> {
    const [calls, deliveries] = await Promise.all([this.calls(), this.deliveries()]);
    return { call: calls.at(-1)?.id ?? 0, delivery: deliveries.at(-1)?.id ?? 0 };
  }

  // What people do

  post(given: {
    user: string;
    channel: string;
    text: string;
    thread_ts?: string;
    broadcast?: boolean;
  }): Promise<AdminMessage> {
    return this.send('POST', 'act/post', given);
  }

  edit(given: { user: string; channel: string; ts: string; text: string }): Promise<AdminMessage> {
    return this.send('POST', 'act/edit', given);
  }

  async delete(given: { user: string; channel: string; ts: string }): Promise<void> {
    await this.send('POST', 'act/delete', given);
  }

  /** Presses a button or chooses in a select, picker or menu; the record says how the app answered. */
  click(given: OfMessage & Input & { state?: JsonObject }): Promise<DeliveryRecord> {
    return this.send('POST', 'act/click', given);
  }

  /** Enters a value in a message; the app hears of it with the next click. */
  enter(given: OfMessage & Input): Promise<{ values: JsonObject }> {
    return this.send('POST', 'act/input', given);
  }

  /** Types in an external select, of a message or of a view. */
  suggest(given: SuggestRequest): Promise<Suggested> {
    return this.send('POST', 'act/options', given);
  }

  react(given: {
    user: string;
    channel: string;
    ts: string;
    name: string;
    remove?: boolean;
  }): Promise<AdminMessage> {
    return this.send('POST', 'act/react', given);
  }

  /** Writes a slash command; `message` is what appeared. */
  command(given: {
    user: string;
    channel: string;
    text: string;
    thread_ts?: string;
  }): Promise<{ delivery: DeliveryRecord; message: AdminMessage | null }> {
    return this.send('POST', 'act/command', given);
  }

  /** Runs a shortcut; one of a message with `channel` and `ts`. */
  shortcut(given: {
    user: string;
    callback_id: string;
    channel?: string;
    ts?: string;
    app?: string;
  }): Promise<DeliveryRecord> {
    return this.send('POST', 'act/shortcut', given);
  }

  /** Renames the agent session of a thread. */
  rename(given: {
    user: string;
    channel: string;
    thread_ts: string;
    title: string;
  }): Promise<{ title: string }> {
    return this.send('POST', 'act/title', given);
  }

  /** Opens a thread of the legacy assistant container (option `legacyAssistant`). */
  startAssistantThread(given: { user: string; app?: string; context?: JsonObject }): Promise<AdminMessage> {
    return this.send('POST', 'act/assistant-thread', given);
  }

  /** Slack's `ssl_check` ping to a command's URL. */
  sslCheck(given: { command: string; app?: string }): Promise<RawAnswer> {
    return this.send('POST', 'act/ssl-check', given);
  }

  stop(given: { user: string; channel: string; thread_ts: string }): Promise<{ stopped: string[] }> {
    return this.send('POST', 'act/stop', given);
  }

  /** Posts files as a person, as dropping them on a conversation does. */
  upload(given: {
    user: string;
    channel: string;
    thread_ts?: string;
    text?: string;
    files: { name: string; content: string | Uint8Array<ArrayBuffer> }[];
  }): Promise<AdminMessage> {
    const { files, ...fields } = given;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
    for (const { name, content } of files) form.append('file', new Blob([content]), name);
    return this.sendForm('act/upload', form);
  }

  // Waiting

  /** Waits until messages match; gives them back, oldest first. */
  async waitForMessages(
    condition: Omit<MessageCondition, 'kind'>,
    timeoutMs?: number,
  ): Promise<AdminMessage[]> {
    return (await this.wait({ kind: 'message', ...condition }, timeoutMs)).messages ?? [];
  }

  /** Waits for one message; the newest that matches. */
  async waitForMessage(condition: Omit<MessageCondition, 'kind'>, timeoutMs?: number): Promise<AdminMessage> {
    return last(await this.waitForMessages(condition, timeoutMs));
  }

  async waitForCalls(condition: Omit<CallCondition, 'kind'>, timeoutMs?: number): Promise<CallRecord[]> {
    return (await this.wait({ kind: 'call', ...condition }, timeoutMs)).calls ?? [];
  }

  async waitForCall(condition: Omit<CallCondition, 'kind'>, timeoutMs?: number): Promise<CallRecord> {
    return last(await this.waitForCalls(condition, timeoutMs));
  }

  async waitForDelivery(
    condition: Omit<DeliveryCondition, 'kind'>,
    timeoutMs?: number,
  ): Promise<DeliveryRecord> {
    return last((await this.wait({ kind: 'delivery', ...condition }, timeoutMs)).deliveries ?? []);
  }

  async waitForSession(
    given: { channel: string; thread_ts: string; status: string },
    timeoutMs?: number,
  ): Promise<void> {
    await this.wait({ kind: 'session', ...given }, timeoutMs);
  }

  wait(condition: WaitCondition, timeoutMs = this.#timeoutMs): Promise<WaitResult> {
    return this.send('POST', 'wait', { condition, timeoutMs });
  }

  // Deliveries as they stand

  /** Sends an event or interaction exactly as told, `times` times at once; the app's answers. */
  deliver(given: RawDelivery): Promise<RawAnswer[]> {
    return this.send('POST', 'deliver', given);
  }

  verifyUrl(): Promise<RawAnswer & { verified: boolean }> {
    return this.send('POST', 'verify-url', {});
  }

  /** Calls a Web API method as an app would; for tests of the simulator and for setting scenes. */
  async api(method: string, token: string, args: Record<string, Json> = {}): Promise<JsonObject> {
    const response = await fetch(`${this.apiUrl}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
      body: JSON.stringify(args),
    });
    return (await response.json()) as JsonObject;
  }
}

function last<T>(list: T[]): T {
  const found = list.at(-1);
  if (found === undefined) throw new Error('nothing matched');
  return found;
}

function query(filter: Record<string, string | number | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value !== undefined) params.set(name, String(value));
  return params.toString();
}
