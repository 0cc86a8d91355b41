import { useStore } from '../store/store.ts';
import { Avatar } from '../ui/avatar.tsx';

/** The picture of an app: its bot's. */
export function AppIcon({ app, size }: { app: string; size: 'large' | 'medium' | 'small' }) {
  const bot = useStore((state) => state.installations.find((one) => one.appId === app)?.botUserId ?? '');
  const name = useStore((state) => state.apps.get(app)?.name);
  return <Avatar user={bot} size={size} name={bot === '' ? name : undefined} />;
}
