import { describe, expect, it } from 'vitest';
import { SlackCallError } from '../slack/api.ts';
import { InstallRefusedError, type InstallRequest, installWorkspace } from './install-workspace.ts';
import type { NewInstallation } from './installations.ts';
import type { InstallationRecord } from './record.ts';

const auth = { ok: true, team: 'One', team_id: 'T1', user_id: 'U1', bot_id: 'B1' };

function prepare(answers: Record<string, unknown>) {
  const saved: NewInstallation[] = [];
  const deps = {
    slack: () => ({
      call: async <T>(method: string) => {
        if (!(method in answers))
          throw new SlackCallError(method, { kind: 'platform', code: 'nope', messages: [] });
        return answers[method] as T;
      },
    }),
    installations: {
      save: async (installation: NewInstallation) => {
        saved.push(installation);
        return { appId: installation.appId } as InstallationRecord;
      },
    },
  };
  return { saved, deps };
}

const request: InstallRequest = { team: 'T1', botToken: 'xoxb-1' };

describe('installWorkspace', () => {
  it.each([
    [
      'what was asked for',
      { 'auth.test': { ...auth, app_id: 'A2' } },
      { appId: 'A1', fallbackAppId: 'A9' },
      'A1',
    ],
    ['what auth.test tells', { 'auth.test': { ...auth, app_id: 'A2' } }, { fallbackAppId: 'A9' }, 'A2'],
    [
      'what bots.info tells',
      { 'auth.test': auth, 'bots.info': { bot: { app_id: 'A3' } } },
      { fallbackAppId: 'A9' },
      'A3',
    ],
    ['the fallback', { 'auth.test': auth }, { fallbackAppId: 'A9' }, 'A9'],
  ])('takes as app %s', async (_, answers, more, appId) => {
    const { saved, deps } = prepare(answers);
    await installWorkspace(deps, { ...request, ...more });
    expect(saved).toEqual([
      {
        appId,
        installationId: 'T1',
        teamName: 'One',
        botUserId: 'U1',
        botId: 'B1',
        scopes: [],
        botToken: 'xoxb-1',
      },
    ]);
  });

  it('stores an organisation-wide install under the organisation', async () => {
    const org = { ...auth, app_id: 'A1', is_enterprise_install: true, enterprise_id: 'E1' };
    const { saved, deps } = prepare({ 'auth.test': org });
    await installWorkspace(deps, { ...request, team: 'E1' });
    expect(saved[0]?.installationId).toBe('E1');
  });

  it.each([
    ['a token of another team', { ...auth, team_id: 'T2' }, /belongs to T2, not to T1/],
    ["a person's token", { ...auth, bot_id: undefined }, /no bot token/],
    ['a token whose app nobody knows', auth, /Name it with --app/],
  ])('refuses %s', async (_, answer, message) => {
    const { saved, deps } = prepare({ 'auth.test': answer });
    await expect(installWorkspace(deps, request)).rejects.toThrow(message);
    await expect(installWorkspace(deps, request)).rejects.toBeInstanceOf(InstallRefusedError);
    expect(saved).toEqual([]);
  });
});
