import { create } from 'zustand';
import './toast.css';

type Toast = { id: number; text: string; kind: 'error' | 'info' };
const SHOWN_MS = 6_000;
let nextId = 1;

const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

/** Says something to the person for six seconds; errors are read out at once. */
export function toast(text: string, kind: Toast['kind'] = 'info'): void {
  const id = nextId++;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-3), { id, text, kind }] }));
  setTimeout(
    () => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) })),
    SHOWN_MS,
  );
}

/** Runs what a person asked for; what goes wrong is said in a toast. Returns undefined then. */
export async function attempt<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error), 'error');
    return undefined;
  }
}

export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, kind }) => (
        <div key={id} className={`toast ${kind}`}>
          {text}
        </div>
      ))}
    </div>
  );
}
