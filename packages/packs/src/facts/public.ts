/**
 * Facts that Đình itself can deliver for a unit and a period, because its meetings, tasks, works, assets and members already
 * hold them. A pack names a fact by key and formulas read it as `facts.meetings.regular_held`. Other sources ("stock.sold")
 * are free names: they come with an import or through the API.
 */
export interface StandardFact {
  readonly type: 'number' | 'boolean' | 'text';
  readonly unit?: 'days' | 'minutes' | 'square_metres' | 'kilometres';
}

const number: StandardFact = { type: 'number' };

export const STANDARD_FACTS: Readonly<Record<string, StandardFact>> = {
  /** Meetings held in the period, by kind. */
  'meetings.regular_held': number,
  'meetings.thematic_held': number,
  /** Regular meetings: people present, and people who should have been (exempt ones left out), summed over the meetings. */
  'meetings.present': number,
  'meetings.expected': number,
  'meetings.absent_unexcused': number,
  /** The shortest regular meeting of the period. */
  'meetings.minutes_shortest': { type: 'number', unit: 'minutes' },
  /** Opinions heard in the regular meeting that heard fewest, on the point of its agenda that drew most. */
  'meetings.speakers_fewest': number,
  /** Thematic meetings of the quarter that the period lies in, up to the period's end. */
  'meetings.thematic_in_quarter': number,
  'meetings.minutes_signed': number,
  /** Meetings before which the committee met, and meetings whose documents went out at least a day ahead. */
  'meetings.prepared': number,
  'meetings.documents_ahead': number,
  'meetings.superior_attended': number,
  'meetings.resolutions_adopted': number,
  /** Communication products approved after thematic meetings. */
  'meetings.products_approved': number,
  /** Tasks due in the period. */
  'tasks.due': number,
  'tasks.done': number,
  'tasks.done_on_time': number,
  'tasks.done_late': number,
  'tasks.exceeded': number,
  'tasks.overdue': number,
  /** Contributions received in the period. */
  'works.labour_days': { type: 'number', unit: 'days' },
  'works.land_given': { type: 'number', unit: 'square_metres' },
  'works.households_giving': number,
  'works.roads_built': { type: 'number', unit: 'kilometres' },
  'works.finished': number,
  /** Digital assets in the register. */
  'assets.registered': number,
  'assets.working': number,
  'assets.broken': number,
  'assets.unchecked': number,
  /** Members of the unit on the last day of the period. */
  'people.members': number,
  'people.members_with_task': number,
  'people.admitted': number,
  'cases.open': number,
  'cases.handed_over': number,
  'practices.recognised': number,
};

/** Sources whose facts Đình keeps; a name of theirs that is not listed does not exist. */
export const STANDARD_SOURCES: ReadonlySet<string> = new Set([
  'programmes',
  ...Object.keys(STANDARD_FACTS).map((key) => key.slice(0, key.indexOf('.'))),
]);

/**
 * The fact Đình delivers under a key. Besides the list there are `programmes.<pack>_level` and `programmes.<pack>_points`, the
 * unit's latest verified result in another pack at the period's end, and `assets.<kind>_working`, how many assets of a kind work;
 * hyphens of the pack's or the kind's key are written as underscores. Of works there are `works.<kind>_finished`, how many of a kind were
 * finished, `works.<kind>_<measure>_done`, how much was done of it, `works.money_given_<currency>`, `works.cost_<currency>` and
 * `works.cost_people_<currency>`, money in the currency's smallest unit.
 */
export function standardFact(key: string): StandardFact | undefined {
  if (Object.hasOwn(STANDARD_FACTS, key)) return STANDARD_FACTS[key];
  if (/^assets\.[a-z][a-z0-9_]*_working$/.test(key)) return number;
  if (/^works\.([a-z][a-z_]*_(finished|done)|(money_given|cost|cost_people)_[a-z]{3})$/.test(key)) return number;
  const result = /^programmes\.[a-z][a-z0-9_]*_(level|points)$/.exec(key);
  if (!result) return undefined;
  return { type: result[1] === 'level' ? 'text' : 'number' };
}
