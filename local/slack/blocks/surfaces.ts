/** Where blocks can stand (§3.1 "surfaces"). */
export type Surface = 'message' | 'modal' | 'home';

/**
 * Blocks that cannot stand everywhere; any other can. §3.1 names no surfaces for alert (Slack's documentation lists
 * modals only) and carousel (as its cards).
 */
const BLOCK_SURFACES: Record<string, readonly Surface[]> = {
  alert: ['modal'],
  card: ['message'],
  carousel: ['message'],
  container: ['message'],
  context_actions: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  file: ['message'],
  markdown: ['message'],
  plan: ['message'],
  table: ['message'],
  task_card: ['message'],
};

/**
 * Elements that cannot stand everywhere. §3.2 names surfaces for the number, email and url inputs and for the two of
 * context_actions; the others are as in Slack's documentation.
 */
const ELEMENT_SURFACES: Record<string, readonly Surface[]> = {
  number_input: ['modal'],
  email_text_input: ['modal'],
  url_text_input: ['modal'],
  feedback_buttons: ['message'],
  icon_button: ['message'],
  file_input: ['modal'],
  rich_text_input: ['modal', 'home'],
  datetimepicker: ['message', 'modal'],
  workflow_button: ['message'],
};

/** The surfaces of a block type; undefined = all. */
export function blockSurfaces(type: string): readonly Surface[] | undefined {
  return BLOCK_SURFACES[type];
}

/** The surfaces of an element type; undefined = all. */
export function elementSurfaces(type: string): readonly Surface[] | undefined {
  return ELEMENT_SURFACES[type];
}
