/**
 * The agent that answers where nobody chose another: the first of `agents`. Its name stands alone here, so that
 * the functions that answer Slack need not load agents and their tools.
 */
export const defaultAgentName = 'assistant';
