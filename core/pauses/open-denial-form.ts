import { type SlackApi, SlackCallError } from '../slack/api.ts';
import type { DecisionRequest } from './decide.ts';
import { type DecideDeps, type DecideOutcome, examineRequirement } from './decide-requirement.ts';
import { denialForm } from './denial-form.ts';
import type { PauseRecord } from './record.ts';
import { loadPauseRow } from './store.ts';

export interface DenialFormDeps extends DecideDeps {
  /** The Web API of an installation; undefined where the app is not installed any more. */
  connect: (appId: string, installationId: string) => Promise<SlackApi | undefined>;
  sleep: (ms: number) => Promise<void>;
}

/** Somebody wants to deny a row and say why. */
export interface DenialFormRequest extends Omit<DecisionRequest, 'answer' | 'reason'> {
  pauseId: string;
  /** Lets one view be opened within three seconds of the click. It is no secret, but nothing for a log either. */
  triggerId: string;
}

export type DenialFormOutcome =
  | { outcome: 'form_opened'; pause: PauseRecord }
  /** Slack refused, was too slow or could not be asked: pressing again may do. */
  | { outcome: 'form_not_opened'; pause: PauseRecord; reason: string }
  | Exclude<DecideOutcome, { outcome: 'decided' | 'busy' }>;

/** The trigger lives for three seconds from the click; the rest is for a cold start and for the answer. */
const OPEN_WITHIN_MS = 1_800;

/**
 * Opens the form for a denial's reason, if the person could deny the row now (case G-24): the trigger does not
 * outlive the click, so this cannot be left to the relay. One try; a form that did not come is no failure of the
 * request.
 *
 * @throws what the store throws: nothing is known of the row then
 */
export async function openDenialForm(
  deps: DenialFormDeps,
  request: DenialFormRequest,
): Promise<DenialFormOutcome> {
  const late = deps.sleep(OPEN_WITHIN_MS).then(() => 'no answer in time');
  // Asked for at once: on a cold start each of these is a new connection.
  const connecting = deps.connect(request.appId, request.installationId);
  connecting.catch(() => {});
  const [examined, row] = await Promise.all([
    examineRequirement(deps, { ...request, answer: 'denied' }),
    loadPauseRow(deps.store, request.pauseId, request.row),
  ]);
  if (examined.outcome !== 'open') return examined;
  if (!row) return { outcome: 'unknown' };
  const { pause } = examined;
  const opening = openView(deps, connecting, { trigger_id: request.triggerId, view: denialForm(row) });
  const failure = await Promise.race([opening, late]);
  if (failure === undefined) return { outcome: 'form_opened', pause };
  return { outcome: 'form_not_opened', pause, reason: failure };
}

/** @returns why there is no view; undefined when there is */
async function openView(
  { log }: Pick<DenialFormDeps, 'log'>,
  connecting: Promise<SlackApi | undefined>,
  args: Record<string, unknown>,
): Promise<string | undefined> {
  try {
    const slack = await connecting;
    if (!slack) return 'not installed';
    await slack.call('views.open', args);
    return undefined;
  } catch (error) {
    // The message of a call's failure names the method and Slack's word for it, and no argument.
    if (error instanceof SlackCallError) return error.message;
    log.error('the bot token could not be read for a form', { error });
    return 'no token';
  }
}
