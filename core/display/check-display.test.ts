import { expect, it } from 'vitest';
import { takeDisplay } from './check-display.ts';
import { type DisplayChoice, defaultDisplay } from './display.ts';

const take = (choice: unknown) => takeDisplay(choice as DisplayChoice, (what) => new Error(`Here: ${what}`));

it.each<[string, DisplayChoice]>([
  ['nothing', {}],
  ['the defaults', defaultDisplay],
  ['domains', { links: ['example.com', 'a-b.example.co.uk', 'xn--bcher-kva.example', 'example.xn--p1ai'] }],
  ['no footer', { footer: [] }],
  ['any order of the footer', { footer: ['cost', 'agent'] }],
])('takes %s', (_, choice) => {
  expect(take(choice)).toEqual(choice);
});

it.each<[string, unknown, RegExp]>([
  [
    'an unknown option',
    { surfaces: 'plan' },
    /^Here: `display.surfaces` is no option\. There are surface, progressLine, /,
  ],
  ['what every object has', { toString: 1 }, /`display.toString` is no option/],
  [
    'an unknown surface',
    { surface: 'stream' },
    /^Here: `display.surface` must be plan, timeline or final\.$/,
  ],
  ['a word for a flag', { reactions: 'yes' }, /`display.reactions` must be true or false/],
  ['an unknown part of the footer', { footer: ['tokens'] }, /`display.footer` must be a list of agent, /],
  ['a doubled part of the footer', { footer: ['cost', 'cost'] }, /each once/],
  ['a word for the footer', { footer: 'cost' }, /must be a list/],
  ['a mention of everybody', { mentions: 'all' }, /`display.mentions` must be none or people/],
  ['an unknown word for links', { links: 'some' }, /`display.links` must be all, none or a list of domains/],
  ['no domain', { links: [] }, /write none/],
  [
    'an address for a domain',
    { links: ['https://example.com/'] },
    /"https:..example\.com.", which is no domain/,
  ],
  ['a domain in capitals', { links: ['Example.com'] }, /in lower case/],
  ['a bare name', { links: ['localhost'] }, /no domain/],
  ['a number that looks like an address', { links: ['10.0.0.1'] }, /no domain/],
  [
    'many domains',
    { links: Array.from({ length: 21 }, (_, n) => `d${n}.example`) },
    /21 domains, at most 20/,
  ],
])('refuses %s', (_, choice, says) => {
  expect(() => take(choice)).toThrow(says);
});
