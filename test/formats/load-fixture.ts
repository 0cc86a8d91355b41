import type { DoorDefinition } from '../../core/sessions/doors.ts';
import type { AnyTool } from '../../core/tools/define-tool.ts';
import { createTurnWorld, says, tool } from '../support/turn-world.ts';
import { type Fixture, readFixture } from './read-fixture.ts';

/** A world in which a fixture lies in table and bucket, as after a deploy of today's code. */
export function worldOf(
  name: string,
  { ran = [] as string[], script = [says('Done.')], door = {} as DoorDefinition } = {},
) {
  const fixture: Fixture = readFixture(name);
  const announce: AnyTool = tool(
    'announce',
    async (input) => {
      ran.push(JSON.stringify(input));
      return 'announced';
    },
    { effect: 'customer_facing' },
  );
  const world = createTurnWorld({ script, tools: [announce], door });
  for (const item of fixture.items) world.store.items.set(`${item.pk} ${item.sk}`, item);
  for (const [key, body] of Object.entries(fixture.bodies ?? {})) world.store.items.set(key, { body });
  for (const [key, base64] of Object.entries(fixture.files ?? {}))
    world.store.items.set(key, { bytes: Uint8Array.from(Buffer.from(base64, 'base64')) });
  const [turnId = ''] = fixture.turnIds ?? [];
  return { fixture, world, turnId, ran };
}
