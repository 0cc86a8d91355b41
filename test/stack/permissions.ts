import type { Resource } from './synthesise.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** `SluiceDataTableB9A90735` → `DataTable`. */
const short = (logicalId: string): string =>
  logicalId.replace(/^Sluice(?=[A-Z])/, '').replace(/[0-9A-F]{8}$/, '');

function arnText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return short(String(value.Ref));
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt']))
    return short(String(value['Fn::GetAtt'][0]));
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [delimiter, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(arnText).join(delimiter);
  }
  return JSON.stringify(value);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** All that a function's role may do, as `action on resource`, sorted; `if …` where a condition narrows it. */
export function permissionsOf(resources: Record<string, Resource>, construct: string): string[] {
  const policies = Object.entries(resources).filter(
    ([id, { Type }]) => Type === 'AWS::IAM::Policy' && short(id).startsWith(`${construct}Role`),
  );
  return policies
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .flatMap(({ Effect, Action, Resource, Condition }) =>
      list(Action).flatMap((action) =>
        list(Resource).map((resource) => {
          const condition = Condition ? ` if ${JSON.stringify(Condition)}` : '';
          return `${Effect === 'Allow' ? '' : `${Effect} `}${String(action)} on ${arnText(resource)}${condition}`;
        }),
      ),
    )
    .sort();
}
