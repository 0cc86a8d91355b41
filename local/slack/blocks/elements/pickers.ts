import { date, EPOCH, time, timeZone } from '../formats.ts';
import { confirm, placeholder } from '../objects.ts';
import { boolean, integer, optional } from '../rules.ts';
import { element } from './element.ts';

/** Date and time pickers with their formats (§3.2). */

const shared = { confirm: optional(confirm), focus_on_load: optional(boolean) };

export const datepicker = element('datepicker', {
  ...shared,
  placeholder: optional(placeholder),
  initial_date: optional(date),
});

export const timepicker = element('timepicker', {
  ...shared,
  placeholder: optional(placeholder),
  initial_time: optional(time),
  timezone: optional(timeZone),
});

export const datetimepicker = element('datetimepicker', {
  ...shared,
  initial_date_time: optional(integer(EPOCH.min, EPOCH.max)),
});
