import { z } from 'zod';

const id = (pattern: RegExp, what: string) =>
  z
    .string({ error: `must be ${what}` })
    .regex(pattern, { error: `must be ${what}` })
    .exactOptional();

/** The fields by which a setting holds for some only (`PlaceRule`). */
export const placeFields = {
  agent: id(/^[a-z][a-z0-9_-]{0,63}$/, "an agent's name"),
  workspace: id(/^[TE][A-Z0-9]+$/, "a workspace's or organisation's Slack id, such as T024BE7LH"),
  channel: id(/^[CDG][A-Z0-9]+$/, "a channel's Slack id, such as C024BE91L"),
  person: id(/^[UW][A-Z0-9]+$/, "a person's Slack id, such as U024BE7LH"),
};
