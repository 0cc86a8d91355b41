import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';

/** Whether an app is org-wide in the organisation of a workspace: then it cannot be installed there alone (§8). */
export function conflictingInstall(sim: Simulator, app: App, teamId: string): boolean {
  const enterpriseId = sim.world.workspaces.get(teamId)?.enterpriseId;
  return sim.world.installations.some(
    (one) =>
      one.appId === app.id &&
      !one.revoked &&
      one.isEnterpriseInstall &&
      enterpriseId !== undefined &&
      one.enterpriseId === enterpriseId,
  );
}
