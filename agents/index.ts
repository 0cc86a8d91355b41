import { defineAgents } from '../core/index.ts';
import { assistant } from './assistant/agent.ts';

/** The app's agents. The first is the default: it takes every new thread. */
export const agents = defineAgents([assistant]);
