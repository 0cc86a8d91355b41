import type { Deployment } from '../../cli/deployment.ts';
import type { InstallationRecord } from '../../core/installations/record.ts';
import { SlackCallError } from '../../core/slack/api.ts';
import { createTurnWorld, type TurnWorldOptions } from './turn-world.ts';

/** A deployment as commands see it, around a store in memory; two workspaces have the app. */
export function createCliWorld(options: TurnWorldOptions = {}) {
  const world = createTurnWorld(options);
  const asked: { method: string; args: Record<string, unknown> }[] = [];
  const slack: { refuses?: string } = {};
  const workspace = (installationId: string): InstallationRecord => ({
    v: 1,
    appId: 'A1',
    installationId,
    teamName: installationId,
    botUserId: 'UBOT',
    botId: 'B1',
    scopes: [],
    botTokenCipher: '',
    installedAt: 0,
    updatedAt: 0,
  });
  const deployment: Deployment = {
    ...world.deps,
    name: 'the test stack',
    installations: {
      list: async () => [workspace('T1'), workspace('T2')],
      find: async (appId, installationId) => ({
        appId,
        installationId,
        botUserId: 'UBOT',
        botId: 'B1',
        botToken: 'xoxb-test',
      }),
      save: () => Promise.reject(new Error('No command of these saves a workspace.')),
    },
    slack: () => ({
      call: async <T>(method: string, args: Record<string, unknown>) => {
        asked.push({ method, args });
        if (slack.refuses)
          throw new SlackCallError(method, { kind: 'platform', code: slack.refuses, messages: [] });
        return {} as T;
      },
    }),
  };
  return { world, deployment, slackCalls: asked, slack };
}
