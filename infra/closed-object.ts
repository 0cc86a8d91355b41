import { z } from 'zod';
import { nearest } from './nearest.ts';

/** An object that takes no other fields than these; what is written as JSON and is none comes here as text. */
export function closedObject<S extends z.core.$ZodLooseShape>(shape: S) {
  const names = Object.keys(shape);
  const fields = names.map((field) => `\`${field}\``).join(', ');
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return `must be an object with the fields ${fields}`;
      const wrong = issue.keys.map((key) => `\`${key}\``).join(', ');
      const meant = issue.keys.map((key) => `\`${nearest(key, names)}\``).join(', ');
      return `has no field ${wrong}: its fields are ${fields}; the nearest is ${meant}`;
    },
  });
}
