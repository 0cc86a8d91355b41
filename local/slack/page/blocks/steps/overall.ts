/** How far all steps of a plan are together: one that failed counts most, then one that is under way. */
export function overallStatus(statuses: string[]): string {
  if (statuses.includes('error')) return 'error';
  if (statuses.includes('in_progress')) return 'in_progress';
  if (statuses.length === 0 || !statuses.includes('pending'))
    return statuses.length === 0 ? 'pending' : 'complete';
  // Between two steps something is done and something is not: it goes on.
  return statuses.includes('complete') ? 'in_progress' : 'pending';
}

/** As long as the answer grows, what is under way says more than what failed before. */
export const liveStatus = (statuses: string[]): string =>
  statuses.includes('in_progress') ? 'in_progress' : overallStatus(statuses);

/**
 * What stands above the steps: the app's title, else how far they are. `grows`: the answer is still being written;
 * what is open in one that ended waits for something else, such as a person.
 */
export function planTitle(title: string, statuses: string[], grows: boolean): string {
  if (title !== '') return title;
  const failed = statuses.filter((one) => one === 'error').length;
  if (failed > 0 && !(grows && statuses.includes('in_progress')))
    return failed === 1 ? '1 step failed' : `${failed} steps failed`;
  if (overallStatus(statuses) === 'complete') return 'Done';
  return grows ? 'Working on it' : 'Steps so far';
}
