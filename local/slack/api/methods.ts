import { AGENTS } from './families/agents.ts';
import { APPS } from './families/apps.ts';
import { CHAT } from './families/chat.ts';
import { CONTENT } from './families/content.ts';
import { CONVERSATIONS } from './families/conversations.ts';
import { PEOPLE } from './families/people.ts';
import { VIEWS } from './families/views.ts';
import type { AnyMethod } from './method.ts';

/** Every Web API method there is; anything else is `unknown_method`. */
export const METHODS: Record<string, AnyMethod> = {
  ...AGENTS,
  ...APPS,
  ...CHAT,
  ...CONTENT,
  ...CONVERSATIONS,
  ...PEOPLE,
  ...VIEWS,
};
