/** Files are at files.slack.com (docs.slack.dev/reference/events/message/file_share). */
const SLACK_HOST = 'slack.com';

/** Whether an address is one of Slack's: the Web API's own origin, or Slack's hosts over https. */
export function isSlackHost(url: URL, api: URL): boolean {
  if (url.username || url.password) return false;
  if (url.origin === api.origin) return true;
  const { protocol, port, hostname } = url;
  if (protocol !== 'https:' || port !== '') return false;
  return hostname === SLACK_HOST || hostname.endsWith(`.${SLACK_HOST}`);
}
