/** A moment for people: the time alone, with the day when it is not the day of `today`. */

/** Both are ISO 8601. Text that is no time is given back as it is. */
export function sayTime(at: string, today: string = at): string {
  const [, day = '', time = ''] = at.match(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/) ?? [];
  if (day === '') return at;
  return today.startsWith(day) ? `${time} UTC` : `${day} ${time} UTC`;
}
