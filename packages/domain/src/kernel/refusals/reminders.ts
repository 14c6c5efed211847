/** Refusals of reminders. Sorted; see refusal-codes.ts. */
export const remindersRefusals = {
  'reminders.device-unknown': 404,
  'reminders.device-wrong': 422,
  'reminders.link-ended': 410,
  'reminders.mail-not-set-up': 409,
  'reminders.too-many-devices': 409,
  'reminders.too-often': 429,
} as const;
