import { expect, it } from 'vitest';
import { readSettings } from '../infra/settings-sources.ts';
import { startSlackSimulator } from './slack/server.ts';
import { localDisplays, makeSurfaceChannels, surfaceChannels } from './surface-channels.ts';

it('each surface channel is there, open to everybody, and has a setting that is valid', async () => {
  const simulator = await startSlackSimulator();
  try {
    await makeSurfaceChannels(simulator.url);
    const { channels } = (await (await fetch(`${simulator.url}/_admin/state`)).json()) as {
      channels: { id: string; name: string; members: string[] }[];
    };
    const { displays } = readSettings({ model: 'demo', displays: localDisplays('{}') }, {});
    for (const { id, name, shown } of surfaceChannels) {
      expect(channels.find((channel) => channel.id === id)).toMatchObject({
        name,
        members: expect.arrayContaining(['U0REQUESTER', 'U0SLUICE001']),
      });
      expect(displays).toContainEqual({ channel: id, ...shown });
    }
  } finally {
    await simulator.close();
  }
});

it('what the project wants stays', () => {
  const project = { context: { sluice: { displays: [{ agent: 'assistant', footer: [] }] } } };
  expect(JSON.parse(localDisplays(JSON.stringify(project)))).toEqual([
    { agent: 'assistant', footer: [] },
    ...surfaceChannels.map(({ id, shown }) => ({ channel: id, ...shown })),
  ]);
});
