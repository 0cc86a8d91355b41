/** Where an element stands, and what its block says about it. */
export type Place = {
  blockId: string;
  /** In an `input` block: its value waits for the form to be sent. */
  isInput: boolean;
  /** In an `input` block that tells the app at once. */
  dispatches: boolean;
  /** Of an input: the id that its label is for, and the label's own. */
  fieldId?: string | undefined;
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  isInvalid?: boolean;
  isRequired?: boolean;
};

/** Outside of `input` blocks every change is told at once. */
export const inBlock = (blockId: string): Place => ({ blockId, isInput: false, dispatches: false });

/** The attributes that name a field: the id that its label is for, else `name`. */
export function naming({ fieldId, describedBy, isInvalid, isRequired }: Place, name: string) {
  return {
    ...(fieldId === undefined ? { 'aria-label': name } : { id: fieldId }),
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid || undefined,
    'aria-required': isRequired || undefined,
  };
}
