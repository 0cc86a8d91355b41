import type { Requester } from '../turns/record.ts';
import type { ApproverPolicy } from './record.ts';

/**
 * Whether a person may decide under the policy. User ids alone are compared: Slack names one person's team
 * differently in events and in clicks where an organisation has several workspaces.
 */
export function mayDecide(policy: ApproverPolicy, requester: Requester, userId: string): boolean {
  switch (policy.who) {
    case 'anyone':
      return true;
    case 'requester':
      return userId === requester.userId;
    case 'people':
      return policy.people.includes(userId);
  }
}

/** The partition of the approvals' index that a pause stands in; lists of people are filtered by who reads it. */
export function approverOf(policy: ApproverPolicy, requester: Requester): string {
  return policy.who === 'requester' ? requester.userId : '*';
}
