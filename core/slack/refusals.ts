import type { ConnectSlack } from './api.ts';

/** What an app cannot do in a workspace: it has no agent sessions, or the app lacks the scope for reactions. */
type Ability = 'sessions' | 'reactions';

interface Place {
  appId: string;
  installationId: string;
}

/** Workspaces change: after an hour it is tried again. */
const REMEMBERED_MS = 3_600_000;

/** Per way to Slack, so that what one container has learned lives as long as its clients. */
const known = new WeakMap<ConnectSlack, Map<string, number>>();

const keyOf = (place: Place, ability: Ability): string => `${place.appId}#${place.installationId}#${ability}`;

/** Keeps in memory that Slack refused something for good, so that not every turn makes the failing call again. */
export function noteRefusal(connect: ConnectSlack, place: Place, ability: Ability, now: number): void {
  const refusals = known.get(connect) ?? new Map<string, number>();
  known.set(connect, refusals.set(keyOf(place, ability), now + REMEMBERED_MS));
}

/** Whether Slack is known to refuse it. @param now epoch milliseconds */
export function isRefused(connect: ConnectSlack, place: Place, ability: Ability, now: number): boolean {
  return (known.get(connect)?.get(keyOf(place, ability)) ?? 0) > now;
}

/** Slack's words for "there are no agent sessions here" (agents.sessions.*, autumn 2026). */
const withoutSessions = new Set(['feature_disabled', 'unknown_method', 'not_agent_app']);

/** Whether an error says that the app or its workspace has no agent sessions, only the methods before them. */
export function lacksSessions(code: string): boolean {
  return withoutSessions.has(code);
}
