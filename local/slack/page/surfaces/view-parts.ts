import { isObject, type JsonObject } from '../../json.ts';
import type { Block } from '../../world/types.ts';
import type { ViewForm } from '../blocks/owner.ts';
import { objectOf, plainOf, wordOf } from '../blocks/read.ts';
import type { AdminView } from '../store/types.ts';

/** What is drawn of a view (§4). */
export type ViewParts = {
  id: string;
  appId: string;
  title: string;
  /** Empty where the view has none. */
  submit: string;
  close: string;
  blocks: Block[];
  form: ViewForm;
};

export function viewParts({ view, errors }: AdminView): ViewParts {
  const values = objectOf(objectOf(view.state)?.values) ?? {};
  return {
    id: wordOf(view.id),
    appId: wordOf(view.app_id),
    title: plainOf(view.title),
    submit: plainOf(view.submit),
    close: plainOf(view.close) || 'Close',
    blocks: Array.isArray(view.blocks) ? view.blocks.filter(isBlock) : [],
    form: { values: values as ViewForm['values'], errors },
  };
}

const isBlock = (value: unknown): value is Block =>
  isObject(value) && typeof (value as JsonObject).type === 'string';
