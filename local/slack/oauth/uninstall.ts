import { publishInstallationEvent } from '../events/publish.ts';
import type { Simulator } from '../simulator.ts';
import { removeApp } from '../world/install.ts';
import type { Installation } from '../world/types.ts';
import type { Token } from './types.ts';

/**
 * Uninstalls an app from a workspace, or an organisation: `tokens_revoked` and `app_uninstalled` go out in either order
 * (§8, option `uninstallFirst`), then its tokens are dead and its bot is gone from all channels.
 *
 * @param places all places of one install: one, or those of an org-wide install
 */
export function uninstall(sim: Simulator, places: readonly Installation[]): void {
  const [first] = places;
  if (!first) return;
  tellEnd(sim, first);
  removeApp(sim.world, places);
  sim.changes.emit({ type: 'world' });
}

/** Tells an app of its end: all its tokens, and itself. */
export function tellEnd(sim: Simulator, place: Installation): void {
  const tokens = [...sim.world.tokens.values()].filter(
    (one) => one.ended === null && sim.world.installationsOf(one).includes(place),
  );
  const events = [() => tellRevoked(sim, place, tokens), () => tellUninstalled(sim, place)];
  if (sim.options.uninstallFirst === 'app_uninstalled') events.reverse();
  for (const tell of events) tell();
}

/** `tokens_revoked`: ids of the people and of the bot, not tokens (§6). */
function tellRevoked(sim: Simulator, place: Installation, tokens: readonly Token[]): void {
  const ids = (kind: Token['kind']) => [
    ...new Set(tokens.filter((one) => one.kind === kind).map((one) => one.userId)),
  ];
  publishInstallationEvent(sim, place, {
    type: 'tokens_revoked',
    tokens: { oauth: ids('user'), bot: ids('bot') },
  });
}

function tellUninstalled(sim: Simulator, place: Installation): void {
  publishInstallationEvent(sim, place, { type: 'app_uninstalled' });
}

/**
 * Revokes one token and the refresh token that came with it: `tokens_revoked`. The app's bot token was the install
 * itself: without it, and without a person's, the app is uninstalled.
 */
export function revokeToken(sim: Simulator, token: Token): void {
  const places = sim.world.installationsOf(token);
  const [first] = places;
  const living = [...sim.world.tokens.values()].filter(
    (one) => one !== token && one.ended === null && first && sim.world.installationsOf(one).includes(first),
  );
  const current = first?.botToken === token.token;
  if (living.length === 0 || (current && !living.some((one) => one.kind === 'user'))) {
    uninstall(sim, places);
  } else if (first) tellRevoked(sim, first, [token]);
  token.ended = 'token_revoked';
  sim.changes.emit({ type: 'world' });
}
