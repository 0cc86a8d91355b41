import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createManifest, missingScopes } from './manifest.ts';

const empty = mkdtempSync(join(tmpdir(), 'sluice-cli-'));

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: empty, AWS_EC2_METADATA_DISABLED: 'true' },
  });
}

describe('the command line', () => {
  it.each<[string, string[], number, RegExp]>([
    ['help', ['--help'], 0, /Exit codes: 0 done.*4 Slack refused/s],
    ["a command's help", ['install', '--help'], 0, /--json.*--team <id>.*--bot-token <token>/s],
    ['the exit codes of doctor', ['doctor', '--help'], 0, /Exit codes: 0 .*1 something to do/s],
    ['the exit codes of install', ['install', '--help'], 0, /Exit codes: 0 .*4 Slack refused/s],
    ['the exit codes of manifest', ['manifest', '--help'], 0, /Exit codes: 0 .*3 no stack/s],
    ['help of a group', ['sessions', '--help'], 0, /list.*show.*stop.*compact.*rename/s],
    [
      "a session command's help",
      ['sessions', 'stop', '--help'],
      0,
      /--json.*<channel id>:<thread ts>.*Exit codes: 0/s,
    ],
    [
      "a turn command's help",
      ['turns', 'show', '--help'],
      0,
      /--local.*Exit codes: 0 done.*3 no stack or no such turn/s,
    ],
    ['an unknown command of a group', ['sessions', 'lst'], 2, /unknown command 'lst'.*Did you mean list\?/s],
    [
      'a session command without a session',
      ['sessions', 'show', '--local'],
      2,
      /missing required argument 'session'/,
    ],
    ['a limit that is none', ['sessions', 'list', '--limit', '0'], 2, /whole number from 1 to 1000/],
    [
      'a session command without a stack',
      ['sessions', 'list', '--local', '--state-dir', empty],
      3,
      /npm start/,
    ],
    ['an unknown command', ['instal'], 2, /unknown command 'instal'.*Did you mean install\?/s],
    ['a missing option', ['install', '--local'], 2, /required option '--team <id>' not specified/],
    ['a missing token', ['install', '--local', '--team', 'T1'], 2, /--bot-token or in SLUICE_BOT_TOKEN/],
    ['no local stack', ['manifest', '--local', '--state-dir', empty], 3, /no local stack.*npm start/s],
    [
      'no AWS',
      ['manifest'],
      3,
      /AWS cannot be asked for stack Sluice: .*\. Check the region \(--region.*--local/s,
    ],
  ])('%s', (_, args, status, says) => {
    const result = run(...args);
    expect(`${result.stdout}${result.stderr}`).toMatch(says);
    expect(result.status).toBe(status);
    expect(result.stderr).not.toMatch(/^ {4}at /m);
  });

  it('doctor says what to do about each finding, as JSON too', () => {
    const { status, stdout } = run('doctor', '--local', '--state-dir', empty, '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ check: 'settings', ok: true }),
      { check: 'stack', ok: false, found: 'not found', todo: expect.stringContaining('npm start') },
    ]);
  });
});

describe('the manifest', () => {
  const manifest = createManifest({ apiUrl: 'https://api.example', name: 'Sluice' });

  it("stays within Slack's limits (reference §9)", () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
    expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
  });

  it('names the deployed addresses, and the scope of every event', () => {
    expect(manifest.settings.event_subscriptions.request_url).toBe('https://api.example/slack/events');
    expect(manifest.settings.interactivity.request_url).toBe('https://api.example/slack/interactions');
    const scopeOf: Record<string, string> = {
      app_mention: 'app_mentions:read',
      'message.im': 'im:history',
      agent_session_stopped: 'assistant:write',
      agent_session_title_changed: 'chat:write',
    };
    for (const event of manifest.settings.event_subscriptions.bot_events)
      expect(manifest.oauth_config.scopes.bot).toContain(scopeOf[event]);
    // What the default agent's tools call: threads, channels by name, people's time zones.
    expect(manifest.oauth_config.scopes.bot).toEqual(
      expect.arrayContaining(['channels:history', 'channels:read', 'chat:write', 'users:read']),
    );
    // Reactions on the request, where settings want them.
    expect(manifest.oauth_config.scopes.bot).toContain('reactions:write');
    // What people attach.
    expect(manifest.oauth_config.scopes.bot).toContain('files:read');
  });

  it('56 tells which of its scopes a token lacks', () => {
    const { bot } = manifest.oauth_config.scopes;
    expect(missingScopes([...bot, 'commands'])).toEqual([]);
    expect(missingScopes(bot.filter((scope) => scope !== 'files:read'))).toEqual(['files:read']);
  });
});
