import { type ReactNode, useMemo } from 'react';
import type { Block } from '../../world/types.ts';
import { BlockView } from './block.tsx';
import { keyOf } from './key.ts';
import { type BlockOwner, FormContext, OwnerContext, ownerKey, type ViewForm } from './owner.ts';
import './blocks.css';

export type { BlockOwner } from './owner.ts';

const NO_FORM: ViewForm = { values: {}, errors: {} };

/** All blocks of a message or a view; `form` is what a view's fields hold now. */
export function Blocks({ blocks, owner, form }: { blocks: Block[]; owner: BlockOwner; form?: ViewForm }) {
  return (
    <BlockScope owner={owner} form={form ?? NO_FORM}>
      <div className="blocks">
        {blocks.map((block, at) => (
          <BlockView key={keyOf(block, at)} given={block} />
        ))}
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
