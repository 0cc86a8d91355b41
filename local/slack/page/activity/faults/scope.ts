import type { Fault } from '../../../faults/faults.ts';
import type { Preset } from './presets.ts';

/** For what and how often a fault holds, as the form has it. */
export type Scope = {
  /** A method or an event type, a prefix such as `chat.*`, or `*`. */
  subject: string;
  how: 'always' | 'next' | 'chance';
  /** For the next so many. */
  times: string;
  /** Per cent. */
  chance: string;
  seed: string;
};

export const ANY: Scope = { subject: '*', how: 'always', times: '1', chance: '20', seed: '1' };

/** The fault that the admin API is told: what goes wrong, and for what. */
export function faultOf(preset: Preset, values: Record<string, string>, scope: Scope): Fault {
  const often =
    scope.how === 'next'
      ? { times: Math.max(1, Math.round(Number(scope.times))) }
      : scope.how === 'chance'
        ? {
            probability: Math.min(1, Math.max(0, Number(scope.chance) / 100)),
            seed: Math.round(Number(scope.seed)),
          }
        : {};
  const subject = scope.subject.trim() || '*';
  return {
    target: preset.target,
    ...(preset.target === 'api' ? { method: subject } : { event: subject }),
    ...preset.fault(values),
    ...often,
  } as Fault;
}

/** A preset's scope before anybody changed it. */
export const scopeOf = ({ times }: Preset): Scope =>
  times === undefined ? ANY : { ...ANY, how: 'next', times: String(times) };
