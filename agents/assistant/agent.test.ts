import { expect, test } from 'vitest';
import { agents } from '../index.ts';
import { assistant } from './agent.ts';

test('the assistant is the default agent; it reads alone and asks before others see something', () => {
  expect(agents[0]).toBe(assistant);
  expect(assistant.tools.map(({ name, effect }) => [name, effect])).toEqual([
    ['read_thread', 'read'],
    ['search_thread', 'read'],
    ['fetch_web_page', 'read'],
    ['current_time', 'read'],
    ['calculate', 'read'],
    ['draw_chart', 'read'],
    ['create_file', 'read'],
    ['post_announcement', 'customer_facing'],
  ]);
});

test('its instructions name every tool that it has, and no other', () => {
  const named = new Set(assistant.instructions.match(/\b[a-z]+(?:_[a-z]+)+\b|\bcalculate\b/g));
  expect([...named].sort()).toEqual(assistant.tools.map(({ name }) => name).sort());
});
