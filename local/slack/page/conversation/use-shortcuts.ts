import { useMemo } from 'react';
import { useMe } from '../store/selectors.ts';
import { useStore } from '../store/store.ts';
import type { App, Shortcut, SlashCommand } from '../store/types.ts';

/** The apps that are installed in the workspace of the person who looks. */
function useInstalledApps(): App[] {
  const me = useMe();
  const apps = useStore((state) => state.apps);
  const installations = useStore((state) => state.installations);
  return useMemo(() => {
    const here = installations.filter((one) => one.teamId === me?.teamId && !one.revoked);
    return here.flatMap(({ appId }) => apps.get(appId) ?? []);
  }, [me, apps, installations]);
}

/** Shortcuts of the installed apps. */
export function useShortcuts(type: Shortcut['type']) {
  const apps = useInstalledApps();
  return useMemo(
    () =>
      apps.flatMap((app) =>
        app.shortcuts
          .filter((one) => one.type === type)
          .map((one) => ({ ...one, app: app.id, appName: app.name })),
      ),
    [apps, type],
  );
}

/** Slash commands of the installed apps. */
export function useCommands(): (SlashCommand & { appName: string })[] {
  const apps = useInstalledApps();
  return useMemo(
    () => apps.flatMap((app) => app.commands.map((one) => ({ ...one, appName: app.name }))),
    [apps],
  );
}
