import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { acknowledge } from './acknowledge.ts';

/** A statement of a role's policy; one with a wildcard says why it cannot be narrower. */
export interface Permission {
  statement: PolicyStatement;
  wildcardReason?: string;
}

/** A resolved ARN as cdk-nag words it: `<LogicalId.Arn>/*`. */
function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  if ('Ref' in value) return `<${String(value.Ref)}>`;
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt']))
    return `<${value['Fn::GetAtt'].join('.')}>`;
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [delimiter, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(flat).join(delimiter);
  }
  return JSON.stringify(value);
}

/** Adds the statement to the role; exactly its own wildcards are accepted, with the reason given. */
export function permit(role: Role, { statement, wildcardReason }: Permission): void {
  role.addToPolicy(statement);
  if (!wildcardReason) return;
  const resources = Stack.of(role).resolve(statement.resources) as unknown[];
  for (const resource of resources.map(flat).filter((arn) => arn.includes('*')))
    acknowledge(role, `AwsSolutions-IAM5[Resource::${resource}]`, wildcardReason);
}
