import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts one finding of cdk-nag on a construct, with the reason why it does not apply. */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** Why a local stack does without a rule on TLS. */
export const plainHttpReason = 'Local stack only: the emulator speaks plain HTTP on the loopback address.';
