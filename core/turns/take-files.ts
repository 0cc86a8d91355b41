import type { FileContent } from '../files/content.ts';
import { loadFiles } from '../files/load-files.ts';
import type { FileFacts } from '../files/model-file-limits.ts';
import type { MessageRecord } from '../sessions/record.ts';
import type { Run } from './run.ts';
import type { RunDeps } from './run-state.ts';

/** What the model is given of the posts' files; a person is told of those that it is not. */
export async function takeFiles(
  deps: RunDeps,
  run: Run,
  facts: FileFacts,
  records: readonly MessageRecord[],
  recovered: boolean,
): Promise<Map<string, FileContent>> {
  const { sessionId, turnId, appId, installationId } = run.turn;
  const slack = async () => {
    const installation = await deps.findInstallation(appId, installationId);
    return installation && deps.connectSlack(installation.botToken);
  };
  const { files, refused } = await loadFiles(
    { ...deps, slack, facts, signal: run.signal },
    { sessionId, turnId, installationId, recovered },
    records,
  );
  for (const data of refused) run.emit([{ type: 'data-file', data }], true);
  return files;
}
