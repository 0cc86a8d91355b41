import type { Agent } from '../agents/define-agent.ts';
import { type ReadOutputDeps, readOutputTool } from './read-output.ts';

/**
 * The agent with the tools that every agent has. They are offered from the first call on and in one place, whether
 * anything was cut or not: tools stand at the beginning of what providers cache, and one that appears on the way
 * makes them read everything anew. An agent without tools has no results that could be cut and gets none.
 */
export function withBuiltInTools(agent: Agent, deps: ReadOutputDeps): Agent {
  if (agent.tools.length === 0) return agent;
  return { ...agent, tools: [...agent.tools, readOutputTool(deps)] };
}
