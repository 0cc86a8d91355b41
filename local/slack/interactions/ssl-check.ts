import { type Sent, send } from '../events/send.ts';
import type { Simulator } from '../simulator.ts';
import type { App } from '../world/types.ts';
import { ActError } from './act-error.ts';

/** Slack's ping to a command's URL: `ssl_check=1` and the token, signed like all (§5, §7). */
export async function pingCommand(sim: Simulator, app: App, name: string): Promise<Omit<Sent, 'noRetry'>> {
  const command = app.commands.find((one) => one.command === name);
  if (!command) throw new ActError(`${app.name} has no command ${name}`);
  if (command.url === null) throw new ActError(`${name} has no URL`);
  const { noRetry: _noRetry, ...answer } = await send({
    url: command.url,
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ token: app.verificationToken, ssl_check: '1' }).toString(),
    secret: app.signingSecret,
    timestamp: Math.floor(sim.clock.now() / 1000),
    timeoutMs: sim.options.ackTimeoutMs,
  });
  return answer;
}
