/**
 * What agents and tools are made of: all that code in agents/ may import from core. Kept small, because it is kept
 * stable.
 */
export { type Agent, type AgentDefinition, defineAgent, defineAgents } from './agents/define-agent.ts';
export type { Attachment, Chart, ChartAttachment, FileAttachment } from './attachments/attachment.ts';
export type { ApproverPolicy } from './pauses/record.ts';
export { type SlackApi, SlackCallError, type SlackFailure } from './slack/api.ts';
export type { Autonomy, ToolApproval } from './tools/approval.ts';
export {
  type AnyTool,
  defineTool,
  type Effect,
  type PreviewLine,
  type ToolContext,
  type ToolDefinition,
} from './tools/define-tool.ts';
export { runTool } from './tools/run-tool.ts';
export type { Requester } from './turns/record.ts';
