import { useStore } from '../store/store.ts';
import { Modal } from './modal.tsx';

/** The person's open modal: of up to three views on each other the top one shows (§4). */
export function ModalStack() {
  const top = useStore((state) => state.views.get(state.user)?.modals.at(-1));
  const isStacked = useStore((state) => (state.views.get(state.user)?.modals.length ?? 0) > 1);
  if (!top) return null;
  return <Modal key={`${top.user} ${String(top.view.root_view_id)}`} shown={top} isStacked={isStacked} />;
}
