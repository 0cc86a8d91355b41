import { handleSlackInteraction } from '../../core/slack/inbound/handle-interaction.ts';
import { createDoor } from '../shared/door.ts';
import { interactionDeps } from './wiring.ts';

/** POST /slack/interactions */
export const handler = createDoor('slack-interactions', interactionDeps, handleSlackInteraction);
