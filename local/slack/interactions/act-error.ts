/** Something that a person cannot do in Slack: answered as 409 by the admin API. */
export class ActError extends Error {}
