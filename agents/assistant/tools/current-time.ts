import { z } from 'zod';
import { defineTool, type ToolContext } from '../../../core/index.ts';

/** The time where the asker is, or in a zone that is named. */
export const currentTime = defineTool({
  name: 'current_time',
  description:
    'Tells the present date and time in the time zone of the person who asks, or in another one. Use it whenever the time of day, the weekday or "today" matters.',
  input: z.object({
    timeZone: z
      .string()
      .trim()
      .min(1)
      .max(64)
      .optional()
      .describe('IANA name such as "Europe/Paris"; leave it out for the asker’s own zone'),
  }),
  effect: 'read',
  timeoutMs: 10_000,
  run: async ({ timeZone }, context) => {
    const now = new Date(context.now());
    if (timeZone) return timeIn(now, timeZone);
    const own = await zoneOf(context);
    if (own) return timeIn(now, own);
    return { ...timeIn(now, 'UTC'), note: 'The asker’s time zone could not be found out; this is UTC.' };
  },
});

/** The zone in the asker's Slack profile (users.info); undefined where Slack does not tell. */
async function zoneOf({ slack, requester }: ToolContext): Promise<string | undefined> {
  try {
    const { user } = await slack.call<{ user?: { tz?: string } }>('users.info', { user: requester.userId });
    return user?.tz || undefined;
  } catch {
    return undefined;
  }
}

/** Put together from its parts: whole formats differ between versions of the time zone library. */
function timeIn(now: Date, timeZone: string): { local: string; timeZone: string; utc: string } {
  const parts = new Map(
    formatterFor(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const local = `${parts.get('weekday')}, ${parts.get('day')} ${parts.get('month')} ${parts.get('year')}, ${parts.get('hour')}:${parts.get('minute')}`;
  return { local, timeZone, utc: now.toISOString() };
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    throw new Error(`“${timeZone}” is no time zone; use an IANA name such as Europe/Paris or Asia/Tokyo.`);
  }
}
