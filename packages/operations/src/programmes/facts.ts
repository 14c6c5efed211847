import { postRoles, posts } from '@dinh/domain/access';
import { worstOf } from '@dinh/domain/assets';
import { periodStart } from '@dinh/domain/kernel';
import type { Assets } from '@dinh/packs/assessment';
import type { Facts, FactValue, Pack } from '@dinh/packs/schema';
import { type KindState, readKindStates } from '@dinh/store/assets';
import { type MeetingFacts, readMeetingFacts } from '@dinh/store/documents';
import type { KnownFacts, Sheet } from '@dinh/store/programmes';
import { readKnownFacts } from '@dinh/store/programmes';
import { readTaskFacts, type TaskFacts } from '@dinh/store/tasks';
import { readWorkFacts, type WorkFacts } from '@dinh/store/works';
import type { Context } from '../kernel/public.ts';
import { packOf } from './take-sheet.ts';
import { workFact } from './work-facts.ts';

/** What Đình knows of a unit in a period: facts by key, and the state of each kind of asset the pack's criteria rely on. */
export type Known = { facts: Facts; assets: Assets };

type Records = {
  known: KnownFacts | null;
  assets: readonly KindState[];
  tasks: TaskFacts | null;
  meetings: MeetingFacts | null;
  works: WorkFacts | null;
};

/** One kind of fact: which keys it answers, which record that needs, and the answer (undefined: not known, left to people). */
type Provider = {
  keys: RegExp;
  needs: keyof Records;
  answer: (records: Records, match: RegExpExecArray) => FactValue | undefined;
};

const sumOf = (states: readonly KindState[], count: (state: KindState) => number) =>
  states.reduce((sum, state) => sum + count(state), 0);
const resultOf = ({ known }: Records, programme: string | undefined) =>
  known?.results.find((result) => result.programme === programme);
const resultKeys = /^programmes\.([a-z][a-z0-9_]*)_(level|points)$/;

const taskFacts: Readonly<Record<string, keyof Omit<TaskFacts, 'kept'>>> = {
  'tasks.due': 'due',
  'tasks.done': 'done',
  'tasks.done_on_time': 'onTime',
  'tasks.done_late': 'late',
  'tasks.exceeded': 'exceeded',
  'tasks.overdue': 'overdue',
  'people.members_with_task': 'members',
};

const meetingFacts: Readonly<Record<string, keyof Omit<MeetingFacts, 'kept'>>> = {
  'meetings.regular_held': 'held',
  'meetings.present': 'present',
  'meetings.expected': 'expected',
  'meetings.minutes_shortest': 'shortest',
  'meetings.minutes_signed': 'signed',
  'meetings.documents_ahead': 'ahead',
  'meetings.prepared': 'prepared',
  'meetings.thematic_in_quarter': 'thematic',
  'meetings.thematic_held': 'thematicHeld',
  'meetings.absent_unexcused': 'unexcused',
  'meetings.speakers_fewest': 'speakers',
  'meetings.superior_attended': 'observed',
  'meetings.resolutions_adopted': 'resolutions',
  'meetings.products_approved': 'products',
};

/** Every feature that yields facts adds its line here. A fact none of them knows stays for people to fill. */
const providers: readonly Provider[] = [
  { keys: /^people\.members$/, needs: 'known', answer: ({ known }) => known?.members },
  {
    keys: resultKeys,
    needs: 'known',
    answer: (records, [, programme, what]) => {
      const result = resultOf(records, programme);
      return (what === 'level' ? result?.level : result?.points) ?? undefined;
    },
  },
  {
    keys: /^assets\.(registered|working|broken|unchecked)$/,
    needs: 'assets',
    answer: ({ assets }, [, what]) =>
      sumOf(assets, (state) =>
        what === 'registered'
          ? state.working + state.broken + state.unchecked
          : state[what as 'working' | 'broken' | 'unchecked'],
      ),
  },
  {
    keys: /^assets\.([a-z][a-z0-9_]*)_working$/,
    needs: 'assets',
    answer: ({ assets }, [, kind]) => assets.find((state) => state.kind.replaceAll('-', '_') === kind)?.working ?? 0,
  },
  {
    keys: /^(tasks\.(due|done|done_on_time|done_late|exceeded|overdue)|people\.members_with_task)$/,
    needs: 'tasks',
    // A unit that keeps no tasks here is not said to have none.
    answer: ({ tasks }, [key]) => (tasks?.kept ? tasks[taskFacts[key] ?? 'due'] : undefined),
  },
  {
    keys: /^meetings\.[a-z_]+$/,
    needs: 'meetings',
    // Nor is one that keeps no meetings here said to have held none.
    answer: ({ meetings }, [key]) => {
      const fact = meetingFacts[key];
      return (meetings?.kept && fact !== undefined ? meetings[fact] : null) ?? undefined;
    },
  },
  { keys: /^works\.[a-z_]+$/, needs: 'works', answer: ({ works }, [key]) => workFact(works, key) },
];

/** What a pack asks of the records; worked out once per pack. */
type Asked = {
  answers: { key: string; match: RegExpExecArray; provider: Provider }[];
  members: boolean;
  programmes: string[];
  assets: boolean;
  tasks: boolean;
  meetings: boolean;
  works: boolean;
  membersWithTask: boolean;
};
const askedOf = new WeakMap<Pack, Asked>();

function ask(pack: Pack): Asked {
  const known = askedOf.get(pack);
  if (known) return known;
  const answers = Object.keys(pack.facts).flatMap((key) =>
    providers.flatMap((provider) => {
      const match = provider.keys.exec(key);
      return match ? [{ key, match, provider }] : [];
    }),
  );
  const asked = {
    answers,
    members: answers.some(({ key }) => key === 'people.members'),
    programmes: [...new Set(answers.flatMap(({ key }) => resultKeys.exec(key)?.[1] ?? []))],
    assets:
      answers.some(({ provider }) => provider.needs === 'assets') ||
      pack.criteria.some(({ sustains }) => (sustains?.assets.length ?? 0) > 0),
    tasks: answers.some(({ provider }) => provider.needs === 'tasks'),
    meetings: answers.some(({ provider }) => provider.needs === 'meetings'),
    works: answers.some(({ provider }) => provider.needs === 'works'),
    membersWithTask: answers.some(({ key }) => key === 'people.members_with_task'),
  };
  askedOf.set(pack, asked);
  return asked;
}

const memberPosts = posts.filter((post) => (postRoles[post] as readonly string[]).includes('member'));

/**
 * What Đình knows of a unit in a sheet's period. At most one statement per kind of record, and none for a pack that asks for nothing.
 * @param knownAt assets, tasks, meetings and works as they were known at this instant; now when absent. A sheet that was sent is shown as it was judged then.
 */
export async function factsOf(context: Context, sheet: Sheet, knownAt: Date = context.now): Promise<Known> {
  const asked = ask(packOf(sheet));
  const { unitId, periodEnd: day } = sheet;
  const records: Records = {
    known:
      asked.members || asked.programmes.length > 0
        ? await readKnownFacts(context.tx, {
            unitId,
            day,
            posts: asked.members ? memberPosts : [],
            programmes: asked.programmes,
          })
        : null,
    assets: asked.assets ? await readKindStates(context.tx, unitId, day, knownAt) : [],
    tasks: asked.tasks
      ? await readTaskFacts(context.tx, {
          unitId,
          from: periodStart(sheet.period),
          to: day,
          knownAt,
          posts: asked.membersWithTask ? memberPosts : [],
        })
      : null,
    meetings: asked.meetings
      ? await readMeetingFacts(context.tx, { unitId, from: periodStart(sheet.period), to: day, knownAt })
      : null,
    works: asked.works
      ? await readWorkFacts(context.tx, { unitId, from: periodStart(sheet.period), to: day, knownAt })
      : null,
  };
  const facts: Record<string, FactValue> = {};
  for (const { key, match, provider } of asked.answers) {
    const value = provider.answer(records, match);
    if (value !== undefined) facts[key] = value;
  }
  const assets: Record<string, NonNullable<ReturnType<typeof worstOf>>> = {};
  for (const state of records.assets) {
    const worst = worstOf(state);
    if (worst !== null) assets[state.kind] = worst;
  }
  return { facts, assets };
}
