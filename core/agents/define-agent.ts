import { createHash } from 'node:crypto';
import type { WebSearch } from '../models/contract.ts';
import { efforts, type ReasoningEffort } from '../models/model-choice.ts';
import { modelNameForms, parseModelName } from '../models/model-name.ts';
import type { ApproverPolicy } from '../pauses/record.ts';
import { type ApprovalRules, type Autonomy, defaultApproval, type ToolApproval } from '../tools/approval.ts';
import type { AnyTool } from '../tools/define-tool.ts';

export { situationOf } from './situation.ts';

export interface AgentDefinition {
  /** Lower-case letters, digits, `-` and `_`; stored with every session, so a name stays once it was used. */
  name: string;
  /** Who the agent is and how it works, for the model. */
  instructions: string;
  /** `demo` or `<provider>/<id>`; the deployment's model by default. */
  model?: string;
  /** How hard the model is to think; the model's own default by default, nothing where it cannot be told. */
  effort?: ReasoningEffort;
  /**
   * Lets the model's provider search the web, where it can: on all domains (`{}`), on some or on all but some. Off by
   * default: what people write may be part of a search.
   */
  webSearch?: WebSearch;
  tools: readonly AnyTool[];
  approval?: {
    autonomy?: Autonomy;
    approvers?: ApproverPolicy;
    tools?: Record<string, ToolApproval>;
  };
}

/** An agent as the loop handles it. */
export interface Agent {
  readonly name: string;
  readonly instructions: string;
  readonly model?: string;
  readonly effort?: ReasoningEffort;
  readonly webSearch?: WebSearch;
  readonly tools: readonly AnyTool[];
  readonly approval: ApprovalRules;
  /** SHA-256 in hex over what decides how it behaves; a turn stores it, so that a replay knows what it ran with. */
  readonly digest: string;
}

const autonomies: readonly Autonomy[] = ['read_only', 'ask_before_write', 'full_auto'];

/**
 * Defines an agent.
 *
 * @throws Error that says what is wrong with the definition
 */
export function defineAgent(definition: AgentDefinition): Agent {
  const { name, model, effort, webSearch } = definition;
  const wrong = (what: string) => new Error(`Agent \`${name}\`: ${what}`);
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(name))
    throw wrong(
      'its name must begin with a lower-case letter and hold those, digits, `-` and `_` (at most 64).',
    );
  const instructions = definition.instructions.trim();
  if (!instructions) throw wrong('it needs instructions.');
  if (model !== undefined && !parseModelName(model))
    throw wrong(`\`${model}\` is no model: use ${modelNameForms}.`);
  if (effort !== undefined && !efforts.includes(effort))
    throw wrong(`effort \`${effort}\` must be one of ${efforts.join(', ')}.`);
  if (webSearch) checkWebSearch(webSearch, wrong);
  const tools = Object.freeze([...definition.tools]);
  const double = tools.find((tool, index) => tools.findIndex((other) => other.name === tool.name) < index);
  if (double) throw wrong(`two of its tools are named \`${double.name}\`.`);
  const approval = { ...defaultApproval, ...definition.approval };
  checkApproval(approval, tools, wrong);
  const options = {
    ...(model ? { model } : {}),
    ...(effort ? { effort } : {}),
    ...(webSearch ? { webSearch } : {}),
  };
  const digest = digestOf({ name, instructions, ...options, tools, approval });
  return Object.freeze({ name, instructions, ...options, tools, approval, digest });
}

/**
 * The app's agents; the first is the default.
 *
 * @throws Error when there is none, or two have one name
 */
export function defineAgents(agents: readonly Agent[]): readonly Agent[] {
  if (agents.length === 0) throw new Error('There must be at least one agent.');
  const names = agents.map((agent) => agent.name);
  const double = names.find((name, index) => names.indexOf(name) < index);
  if (double) throw new Error(`Two agents are named \`${double}\`; sessions find their agent by its name.`);
  return Object.freeze([...agents]);
}

function checkApproval(
  rules: ApprovalRules,
  tools: readonly AnyTool[],
  wrong: (what: string) => Error,
): void {
  if (!autonomies.includes(rules.autonomy))
    throw wrong(`approval.autonomy must be one of ${autonomies.join(', ')}.`);
  const writing = tools.find((tool) => tool.effect !== 'read');
  if (rules.autonomy === 'read_only' && writing)
    throw wrong(`it is \`read_only\`, but its tool \`${writing.name}\` is ${writing.effect}.`);
  const names = tools.map((tool) => tool.name);
  for (const [name, { approvers }] of Object.entries(rules.tools)) {
    if (!names.includes(name))
      throw wrong(`approval.tools names \`${name}\`, which is none of its tools (${names.join(', ')}).`);
    checkApprovers(approvers, wrong);
  }
  checkApprovers(rules.approvers, wrong);
}

function checkWebSearch({ allowedDomains, blockedDomains }: WebSearch, wrong: (what: string) => Error): void {
  if (allowedDomains && blockedDomains)
    throw wrong('webSearch takes `allowedDomains` or `blockedDomains`, not both.');
  const domains = allowedDomains ?? blockedDomains;
  if (domains?.length === 0) throw wrong('webSearch names an empty list of domains: leave the list out.');
  const bad = domains?.find((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/i.test(domain));
  if (bad !== undefined)
    throw wrong(`webSearch: \`${bad}\` is no domain (such as example.com, without https://).`);
}

function checkApprovers(policy: ApproverPolicy | undefined, wrong: (what: string) => Error): void {
  if (policy?.who !== 'people') return;
  const bad = policy.people.find((id) => !/^[UW][A-Z0-9]+$/.test(id));
  if (policy.people.length === 0) throw wrong('approvers `people` needs at least one person.');
  if (bad !== undefined) throw wrong(`approver \`${bad}\` is no Slack user id (such as U024BE7LH).`);
}

function digestOf(agent: Omit<Agent, 'digest'>): string {
  const { name, instructions, model = null, effort, webSearch, tools, approval } = agent;
  const told = tools.map((tool) => [tool.name, tool.description, tool.inputSchema, tool.effect]);
  // Fields that came later stand behind the others: an agent without them keeps the digest it had.
  const later = effort || webSearch ? [{ effort, webSearch }] : [];
  return createHash('sha256')
    .update(JSON.stringify([name, instructions, model, told, approval, ...later]))
    .digest('hex');
}
