import { SEAM } from './atom.ts';
import { ZERO_WIDTH } from './entities.ts';

const CODE_COMMAND = /<(?=@[UW][A-Z0-9]|!(?:here|channel|everyone|group|subteam\^))/gi;
const OPEN_CODE_COMMAND = /<(?:@|![a-z^]{0,9})?$/i;

/** Code as it may be sent: Slack's calls are inert there too, all else stays as it is. */
export function inertCode(code: string): string {
  return code.replace(CODE_COMMAND, `<${ZERO_WIDTH}`);
}

/** Code as it is read: no emoji is in it. */
export function shownCode(code: string): string {
  return SEAM + code.replaceAll(':', SEAM) + SEAM;
}

/** Whether code ends with what may become a call of Slack's. */
export function isOpenCode(code: string): boolean {
  return OPEN_CODE_COMMAND.test(code);
}
