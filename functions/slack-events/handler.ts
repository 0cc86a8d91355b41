import { handleSlackEvent } from '../../core/slack/inbound/handle-event.ts';
import { createDoor } from '../shared/door.ts';
import { eventDeps } from './wiring.ts';

/** POST /slack/events */
export const handler = createDoor('slack-events', eventDeps, handleSlackEvent);
