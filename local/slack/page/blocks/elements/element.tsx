import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { JsonObject } from '../../../json.ts';
import { objectOf, wordOf } from '../read.ts';
import { Select } from '../select/select.tsx';
import { BlockButton } from './button.tsx';
import { Checkboxes, RadioButtons } from './choices.tsx';
import { Confirm } from './confirm.tsx';
import { FeedbackButtons } from './feedback.tsx';
import { FileInput } from './file-input.tsx';
import { IconElement } from './icon-element.tsx';
import { Overflow } from './overflow.tsx';
import { DatePicker, DateTimePicker, TimePicker } from './pickers.tsx';
import type { Place } from './place.ts';
import { RichTextInput } from './rich-text-input.tsx';
import { TextInput } from './text-input.tsx';
import { type ElementHandle, useElement } from './use-element.ts';
import { WorkflowButton } from './workflow-button.tsx';
import './element.css';

/** What every kind of element is given. */
export type ElementProps = { element: JsonObject; place: Place; handle: ElementHandle };

/** One element of §3.2, with its confirmation and what went wrong when it was used. */
export function Element({ element, place }: { element: JsonObject; place: Place }) {
  const handle = useElement(element, place);
  const { asking, stopAsking, state } = handle;
  const confirm = objectOf(element.confirm);
  return (
    <div className={`element element-${wordOf(element.type)}`} aria-busy={state.busy || undefined}>
      {drawn({ element, place, handle })}
      {state.failure ? <Failure text={state.failure} /> : null}
      {asking && confirm ? (
        <Confirm
          given={confirm}
          onAnswer={(agreed) => {
            stopAsking();
            if (agreed) asking();
          }}
        />
      ) : null}
    </div>
  );
}

function drawn(props: ElementProps): ReactNode {
  const type = wordOf(props.element.type);
  if (type.endsWith('_select')) return <Select {...props} />;
  switch (type) {
    case 'button':
      return <BlockButton {...props} />;
    case 'icon_button':
      return <IconElement {...props} />;
    case 'feedback_buttons':
      return <FeedbackButtons {...props} />;
    case 'workflow_button':
      return <WorkflowButton {...props} />;
    case 'overflow':
      return <Overflow {...props} />;
    case 'checkboxes':
      return <Checkboxes {...props} />;
    case 'radio_buttons':
      return <RadioButtons {...props} />;
    case 'datepicker':
      return <DatePicker {...props} />;
    case 'timepicker':
      return <TimePicker {...props} />;
    case 'datetimepicker':
      return <DateTimePicker {...props} />;
    case 'rich_text_input':
      return <RichTextInput {...props} />;
    case 'file_input':
      return <FileInput {...props} />;
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextInput {...props} />;
    default:
      return <span className="element-unknown">This element cannot be shown: {type}</span>;
  }
}

function Failure({ text }: { text: string }) {
  return (
    <span className="element-failure" role="alert">
      <TriangleAlert size={15} aria-hidden="true" /> {text}
    </span>
  );
}
