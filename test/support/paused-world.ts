import { decideRequirement } from '../../core/pauses/decide-requirement.ts';
import { storeTaskToken } from '../../core/pauses/store.ts';
import { aPost, calls, createTurnWorld, says, tool } from './turn-world.ts';

export interface PausedWorldOptions {
  /** What the state machine waits with; none when its message got lost. */
  token?: string;
}

/** A turn that waits for the approval of one effect, `announce`. */
export async function createPausedWorld({ token }: PausedWorldOptions = {}) {
  let ran = 0;
  const announce = tool('announce', async () => `ran ${++ran}`, { effect: 'customer_facing' });
  const world = createTurnWorld({
    script: [calls({ name: 'announce' }), says('All done.')],
    tools: [announce],
  });
  const post = aPost();
  const { turnId, sessionId } = await world.admit(post);
  const route = await world.run(turnId);
  if (route.route !== 'pause') throw new Error(`The turn did not pause: ${route.route}.`);
  const { pauseId } = route;
  if (token) await storeTaskToken(world.deps, { pauseId, token });
  return {
    world,
    post,
    turnId,
    sessionId,
    pauseId,
    /** How often the effect was had. */
    ran: () => ran,
    decide: (answer: 'approved' | 'denied') =>
      decideRequirement(world.deps, {
        pauseId,
        row: 0,
        answer,
        by: 'U1',
        door: 'slack',
        appId: 'A1',
        installationId: 'T1',
        at: world.now(),
      }),
  };
}
