import { z } from 'zod';
import { displayFieldProblem, displayFields } from '../core/display/check-display.ts';
import type { Display } from '../core/display/display.ts';
import { closedObject } from './closed-object.ts';
import { placeFields } from './place-settings.ts';

/** One field, checked by the rules that doors have as well. */
function field<K extends keyof Display>(name: K) {
  return z
    .custom<Display[K]>()
    .superRefine((value, context) => {
      const problem = displayFieldProblem(name, value);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    })
    .exactOptional();
}

const rule = closedObject({
  ...placeFields,
  surface: field('surface'),
  progressLine: field('progressLine'),
  reactions: field('reactions'),
  footer: field('footer'),
  feedback: field('feedback'),
  mentions: field('mentions'),
  links: field('links'),
}).refine((given) => displayFields.some((name) => given[name] !== undefined), {
  error: `says nothing of how turns are shown: give one of ${displayFields.map((name) => `\`${name}\``).join(', ')}`,
});

/** `DisplayRule[]`. */
export const displaysSchema = z.array(rule, {
  error:
    'must be a list of objects, as JSON where it is not in cdk.json: [{"channel": "C024BE91L", "surface": "timeline"}]',
});
