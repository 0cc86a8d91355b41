import type { ApproverPolicy } from '../pauses/record.ts';
import type { AnyTool } from './define-tool.ts';

/**
 * How far an agent may go alone. `read_only`: its tools read and nothing else; `ask_before_write`: it asks before
 * it changes anything; `full_auto`: it changes things inside the team without asking. What others see is asked
 * about always.
 */
export type Autonomy = 'read_only' | 'ask_before_write' | 'full_auto';

/** What an agent's owner adds for one tool. Rules only add: no rule takes a question away. */
export interface ToolApproval {
  /** Ask before each call, whatever the tool's effect. */
  ask?: boolean;
  /** Who may decide about this tool's calls. */
  approvers?: ApproverPolicy;
}

export interface ApprovalRules {
  readonly autonomy: Autonomy;
  /** Who may decide where no tool's rule says otherwise. */
  readonly approvers: ApproverPolicy;
  readonly tools: Readonly<Record<string, ToolApproval>>;
}

/** Defaults ask seldom: reading never, changes inside the team before they are made, and the asker decides. */
export const defaultApproval: ApprovalRules = {
  autonomy: 'ask_before_write',
  approvers: { who: 'requester' },
  tools: {},
};

type Ruled = { readonly approval: ApprovalRules };

/** Whether somebody must approve a call of this tool before it runs. */
export function needsApproval(agent: Ruled, tool: Pick<AnyTool, 'name' | 'effect'>): boolean {
  if (agent.approval.tools[tool.name]?.ask) return true;
  if (tool.effect === 'read') return false;
  return tool.effect === 'customer_facing' || agent.approval.autonomy !== 'full_auto';
}

/**
 * Who may decide about calls of these tools in one pause: the strictest of their policies. Named people are
 * stricter than the requester, the requester than anyone; of two lists of people those on both decide, or the
 * first list where nobody is on both.
 */
export function approverPolicy(agent: Ruled, toolNames: readonly string[]): ApproverPolicy {
  const { approvers, tools } = agent.approval;
  const policies = toolNames.map((name) => tools[name]?.approvers ?? approvers);
  return policies.reduce(stricter, policies[0] ?? approvers);
}

const rank = { anyone: 0, requester: 1, people: 2 } as const;

function stricter(one: ApproverPolicy, other: ApproverPolicy): ApproverPolicy {
  if (one.who === 'people' && other.who === 'people') {
    const people = one.people.filter((person) => other.people.includes(person));
    return people.length > 0 ? { who: 'people', people } : one;
  }
  return rank[other.who] > rank[one.who] ? other : one;
}
