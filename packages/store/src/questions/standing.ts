import type { Day } from '@dinh/domain/kernel';
import { sql } from 'kysely';

/** How a question stands on a day. */
export const standing = (day: Day) => sql`
  case when state = 'open' then case when due_on < ${day}::date then 'late' else 'open' end
    when answered_on > due_on then 'after-time' else 'in-time' end`;
