import { useStore } from '../../store/store.ts';
import { InstallCard } from './install-card.tsx';

/** Every workspace with every app: installed or to be added. */
export function InstallsSection() {
  useStore((state) => state.state);
  const { workspaces, apps, installations } = useStore.getState();
  return (
    <section aria-labelledby="installs-heading">
      <h3 className="panel-heading" id="installs-heading">
        Installs
      </h3>
      <ul className="installs">
        {[...apps.values()].flatMap((app) =>
          workspaces.map((workspace) => (
            <InstallCard
              key={`${app.id}/${workspace.id}`}
              app={app}
              workspace={workspace}
              installation={installations.find((one) => one.appId === app.id && one.teamId === workspace.id)}
            />
          )),
        )}
      </ul>
    </section>
  );
}
