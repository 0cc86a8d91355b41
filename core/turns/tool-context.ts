import type { CallAttachments } from '../attachments/call-attachments.ts';
import type { FindInstallation } from '../installations/record.ts';
import { type ConnectSlack, type SlackApi, SlackCallError } from '../slack/api.ts';
import type { ToolContext } from '../tools/define-tool.ts';
import type { StepToolCall, TurnRecord } from './record.ts';
import type { Run } from './run.ts';

/** What a call's tool gets beside its input. */
export function toolContext(
  now: () => number,
  { turn, signal }: Run,
  { toolCallId }: StepToolCall,
  slack: SlackApi,
  { attach }: Pick<CallAttachments, 'attach'>,
): ToolContext {
  const { turnId, sessionId, channel, threadTs, requester } = turn;
  return {
    idempotencyKey: `${turnId}.${toolCallId}`,
    signal,
    session: { sessionId, turnId, channel, threadTs },
    requester,
    slack,
    attach,
    now,
  };
}

export interface SlackDeps {
  findInstallation: FindInstallation;
  connectSlack: ConnectSlack;
}

/** The Web API of a turn's workspace, looked up when it is first asked for, once for all calls of a step. */
export function slackOf(deps: SlackDeps, { appId, installationId }: TurnRecord): () => Promise<SlackApi> {
  let slack: Promise<SlackApi> | undefined;
  const connect = async () => {
    const installation = await deps.findInstallation(appId, installationId);
    return installation ? deps.connectSlack(installation.botToken) : disconnected;
  };
  return () => {
    slack ??= connect();
    return slack;
  };
}

/** Stands in for a workspace that removed the app: each call says so. */
const disconnected: SlackApi = {
  call: (method) =>
    Promise.reject(new SlackCallError(method, { kind: 'platform', code: 'not_authed', messages: [] })),
};
