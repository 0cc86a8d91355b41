import { request } from '../../api/request.ts';
import { Button } from '../../ui/button.tsx';
import { attempt, toast } from '../../ui/toast.tsx';
import { Confirm } from '../ui/confirm.tsx';

const reset = (path: string, said: string): Promise<unknown> =>
  attempt(async () => {
    await request('POST', path);
    toast(said);
  });

/** Begins anew: only the conversation, or everything that was set up since the start. */
export function ResetSection() {
  return (
    <section aria-labelledby="reset-heading">
      <h3 className="panel-heading" id="reset-heading">
        Begin anew
      </h3>
      <div className="panel-row">
        <Confirm
          title="Reset the conversation?"
          text="All messages, logs, faults and counters go, and the clock shows real time again. Apps, people and channels stay. What the app stored stays with the app."
          action="Reset the conversation"
          onConfirm={() => void reset('/reset', 'The conversation was reset.')}
        >
          <Button>Reset the conversation</Button>
        </Confirm>
        <Confirm
          title="Reset everything?"
          text="Everything goes, and the workspace is as it was when the simulator started: also apps, installs, people and channels that came later."
          action="Reset everything"
          onConfirm={() => void reset('/reset?world=true', 'Everything was reset.')}
        >
          <Button kind="danger">Reset everything</Button>
        </Confirm>
      </div>
    </section>
  );
}
