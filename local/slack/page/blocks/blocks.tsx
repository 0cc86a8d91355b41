import { type ReactNode, useMemo } from 'react';
import type { Block } from '../../world/types.ts';
import { BlockView } from './block.tsx';
import { keyOf } from './key.ts';
import { type BlockOwner, FormContext, OwnerContext, ownerKey, type ViewForm } from './owner.ts';
import { TailContext, takesTail } from './tail.ts';
import './blocks.css';

export type { BlockOwner } from './owner.ts';

const NO_FORM: ViewForm = { values: {}, errors: {} };

/**
 * All blocks of a message or a view. `form` is what a view's fields hold now; `tail` stands at the end, in the line of
 * the last words where there are some.
 */
export function Blocks({
  blocks,
  owner,
  form,
  tail = null,
}: {
  blocks: Block[];
  owner: BlockOwner;
  form?: ViewForm;
  tail?: ReactNode;
}) {
  const inline = takesTail(blocks.at(-1));
  return (
    <BlockScope owner={owner} form={form ?? NO_FORM}>
      <div className="blocks">
        {blocks.map((block, at) => (
          <TailContext key={keyOf(block, at)} value={inline && at === blocks.length - 1 ? tail : null}>
            <BlockView given={block} />
          </TailContext>
        ))}
        {!inline && tail}
      </div>
    </BlockScope>
  );
}

function BlockScope({ owner, form, children }: { owner: BlockOwner; form: ViewForm; children: ReactNode }) {
  const key = ownerKey(owner);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the owner says
  const stable = useMemo(() => owner, [key]);
  return (
    <OwnerContext value={stable}>
      <FormContext value={form}>{children}</FormContext>
    </OwnerContext>
  );
}
