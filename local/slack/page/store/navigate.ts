import { formatAddress, type Place, parseAddress, parsePermalink, settle } from './place.ts';
import { useStore } from './store.ts';
import { enter } from './unread.ts';

/** Brings the store to where the address points. Before anything is loaded the place is only noted. */
export function readAddress(): void {
  const linked = parsePermalink(location.pathname, location.search);
  if (linked) {
    const { user } = parseAddress(location.hash);
    history.replaceState(null, '', `/#${formatAddress({ user, home: '', ...linked })}`);
  }
  visit(parseAddress(location.hash));
}

/** After a load: goes to the address again, as what it names may exist only now. */
export function settlePlace(): void {
  visit(parseAddress(location.hash));
}

/** Goes somewhere; what is not named stays, but a thread and a marked message belong to their channel. */
export function go(to: Partial<Place>): void {
  const now = useStore.getState();
  const sameChannel = to.channel === undefined || to.channel === now.channel;
  location.hash = formatAddress({
    user: to.user ?? now.user,
    channel: to.channel ?? now.channel,
    thread: to.thread ?? (sameChannel && to.channel === undefined ? now.thread : ''),
    home: to.home ?? '',
    target: to.target ?? '',
  });
}

function visit(asked: Place): void {
  const state = useStore.getState();
  const place = state.ready ? settle(asked, state.people, state.channels) : asked;
  const moved = place.user !== state.user || place.channel !== state.channel;
  useStore.setState({ ...place, ...(moved || !state.entered ? enter(state, place) : {}) });
}
