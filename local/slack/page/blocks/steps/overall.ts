/** How far all steps of a plan are together: one that failed counts most, then one that is under way. */
export function overallStatus(statuses: string[]): string {
  if (statuses.includes('error')) return 'error';
  if (statuses.includes('in_progress')) return 'in_progress';
  if (statuses.length === 0 || !statuses.includes('pending'))
    return statuses.length === 0 ? 'pending' : 'complete';
  // Between two steps something is done and something is not: it goes on.
  return statuses.includes('complete') ? 'in_progress' : 'pending';
}

/** What stands above the steps: the app's title, else how far they are. */
export function planTitle(title: string, status: string): string {
  if (title !== '') return title;
  return status === 'complete' ? 'Done' : status === 'error' ? 'Something went wrong' : 'Working on it';
}
