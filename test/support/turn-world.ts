import type { ModelMessage } from 'ai';
import { z } from 'zod';
import { type Agent, defineAgent } from '../../core/agents/define-agent.ts';
import type { Log } from '../../core/log.ts';
import type { CallModel, ModelAnswer } from '../../core/models/contract.ts';
import type { WakeMessage } from '../../core/relay/wakes/wake.ts';
import { type AdmitDeps, admitPost } from '../../core/sessions/admit.ts';
import { type DoorDefinition, defineDoors } from '../../core/sessions/doors.ts';
import type { InboundPost } from '../../core/sessions/inbound-post.ts';
import type { MessageItem, SessionRecord } from '../../core/sessions/record.ts';
import { defaultLimits, type Limits } from '../../core/settings.ts';
import { keys } from '../../core/store/keys.ts';
import type { ChunkBatch, StreamChunk } from '../../core/stream/chunks.ts';
import { readTurnStream } from '../../core/stream/read-log.ts';
import { type AnyTool, defineTool } from '../../core/tools/define-tool.ts';
import type { RunInput, TurnRecord } from '../../core/turns/record.ts';
import type { RunDeps } from '../../core/turns/run-state.ts';
import { runTurn } from '../../core/turns/run-turn.ts';
import { createMemoryStore } from './memory-store.ts';

/** One model call of a script: what it answers, or a function that may wait, look or throw. */
export type ScriptedCall =
  | Partial<ModelAnswer>
  | ((request: Parameters<CallModel>[0]) => Promise<Partial<ModelAnswer>>);

export interface TurnWorldOptions {
  script?: ScriptedCall[];
  tools?: AnyTool[];
  limits?: Partial<Limits>;
  /** How the agent is met while it is busy. */
  door?: DoorDefinition;
}

const silentLog: Log = { info() {}, warn() {}, error() {} };

/** An answer in text. */
export function says(text: string): Partial<ModelAnswer> {
  return { text, messages: [{ role: 'assistant', content: text }] };
}

/** An answer that asks for tools; ids are `<name>-<n>` unless given. */
export function calls(...wanted: { name: string; input?: unknown; id?: string }[]): Partial<ModelAnswer> {
  const toolCalls = wanted.map(({ name, input = {}, id }, n) => ({
    toolCallId: id ?? `${name}-${n}`,
    toolName: name,
    input,
  }));
  return {
    toolCalls,
    finishReason: 'tool-calls',
    messages: [{ role: 'assistant', content: toolCalls.map((call) => ({ type: 'tool-call', ...call })) }],
  };
}

/** A tool that takes anything and does what it is told to. */
export function tool(
  name: string,
  run: AnyTool['run'],
  extra: Partial<Pick<AnyTool, 'effect' | 'idempotent'>> = {},
): AnyTool {
  return defineTool({ name, description: name, input: z.looseObject({}), effect: 'read', ...extra, run });
}

/** The parts of a turn's life on a store in memory: admission, runs with a scripted model, and what came of them. */
export function createTurnWorld({ script = [], tools = [], limits = {}, door = {} }: TurnWorldOptions = {}) {
  const store = createMemoryStore();
  let clock = 1_800_000_000_000;
  const started: string[] = [];
  const wakes: WakeMessage[] = [];
  const requests: Parameters<CallModel>[0][] = [];
  const left = [...script];
  const agent: Agent = defineAgent({ name: 'assistant', instructions: 'Help.', tools });
  const callModel: CallModel = async (request, onChunk) => {
    requests.push(request);
    const next = left.shift() ?? says('Done.');
    const part = typeof next === 'function' ? await next(request) : next;
    const answer: ModelAnswer = {
      messages: [],
      text: '',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 10, outputTokens: 5 },
      ...part,
    };
    if (answer.text) {
      onChunk({ type: 'text-start', id: '0' });
      onChunk({ type: 'text-delta', id: '0', delta: answer.text });
      onChunk({ type: 'text-end', id: '0' });
    }
    return answer;
  };
  const executions = {
    start: async (turnId: string, epoch: number) => {
      const name = `${turnId}-${epoch}`;
      const taken = started.includes(name);
      started.push(name);
      return taken ? ('exists' as const) : ('started' as const);
    },
    resume: async (token: string) => {
      started.push(`resume ${token}`);
      return 'sent' as const;
    },
  };
  const base: AdmitDeps = {
    store,
    executions,
    sendWake: async (message) => void wakes.push(message),
    now: () => clock,
    limits: { ...defaultLimits, ...limits },
    doors: defineDoors({ assistant: door }),
    log: silentLog,
  };
  const deps: RunDeps = {
    ...base,
    bodies: {
      put: async (key, body) => void store.items.set(key, { body }),
      get: async (key) => store.items.get(key)?.body,
      putBytes: async (key, bytes) => void store.items.set(key, { bytes: Uint8Array.from(bytes) }),
      getBytes: async (key) => {
        const bytes = store.items.get(key)?.bytes;
        if (!(bytes instanceof Uint8Array)) throw new Error(`There is no body ${key}.`);
        return bytes;
      },
    },
    agents: [agent],
    model: 'demo',
    models: {},
    titleModel: 'none',
    takesFollowUps: () => false,
    callModel,
    findInstallation: async () => undefined,
    connectSlack: () => {
      throw new Error('No test of a turn calls Slack.');
    },
    remainingMs: () => 900_000,
  };
  const world = {
    store,
    deps,
    started,
    wakes,
    requests,
    now: () => clock,
    advance: (ms: number) => {
      clock += ms;
    },
    admit: (post: Partial<InboundPost> = {}) => admitPost(base, aPost(post)),
    run: (turnId: string, epoch = 1, over: Partial<RunDeps> = {}) =>
      runTurn({ ...deps, ...over }, { v: 1, turnId, epoch } satisfies RunInput),
    turn: async (turnId: string): Promise<TurnRecord> =>
      present(await store.get<TurnRecord>(keys.turn(turnId))),
    session: async (sessionId: string): Promise<SessionRecord> =>
      present(await store.get<SessionRecord>(keys.session(sessionId))),
    messages: (sessionId: string) =>
      store.query<MessageItem>({ pk: keys.session(sessionId).pk, prefix: 'MSG#' }),
    /** The log as readers see it. */
    chunks: async (turnId: string): Promise<StreamChunk[]> => {
      const { batches } = await readTurnStream(store, turnId, { fence: 0, seq: 0 }, 1_000);
      return batches.flatMap((batch: ChunkBatch) => batch.chunks);
    },
    /** What the model was told of its tools in its last call. */
    toolResults: (): unknown[] => toolResultsOf(requests.at(-1)?.messages ?? []),
  };
  return world;
}

let posts = 0;

/** A post of a requester in a thread of its own, unless told otherwise. */
export function aPost(post: Partial<InboundPost> = {}): InboundPost {
  posts++;
  const ts = `17000000${String(posts).padStart(2, '0')}.000100`;
  return {
    appId: 'A1',
    installationId: 'T1',
    eventId: `Ev${posts}`,
    channel: 'C1',
    threadTs: post.messageTs ?? ts,
    messageTs: ts,
    author: { userId: 'U1', teamId: 'T1' },
    text: 'hello',
    files: [],
    ...post,
  };
}

function toolResultsOf(messages: readonly ModelMessage[]): unknown[] {
  return messages.flatMap((message) =>
    message.role === 'tool' ? message.content.map((part) => ('output' in part ? part.output : part)) : [],
  );
}

/** @throws when a record that a test relies on is not there */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The record is not there.');
  return value;
}
