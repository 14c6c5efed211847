import { deserialize } from '$app/forms';
import { invalidateAll } from '$app/navigation';
import { type Outcome, type PlainRefusal, problemOf } from './outcome.ts';
import { type Answer, type CriterionView, criteriaOf, declaredAnswer, type SheetView, verdictAnswer } from './view.ts';

export type Keeping = 'saved' | 'saving' | 'phone' | 'signed-out' | 'refused';
type Kept = Record<string, Answer & { was: string }>;

const RETRY = 15_000;
const PAUSE = 400;
const fields = ['value', 'of', 'met', 'kept', 'note', 'verdict'] as const;
const isField = (name: string): name is keyof Answer => (fields as readonly string[]).includes(name);

/**
 * What a person enters on a sheet, until it is on the server. Every change lies on the phone at once and goes to the server by itself;
 * without a connection it stays and is tried again. Before JavaScript the same fields are an ordinary form.
 */
export class Draft {
  #answers: Record<string, Answer> = $state({});
  #waiting: Record<string, string> = $state({});
  #problems: Record<string, PlainRefusal['fields'][number]> = $state({});
  #view: SheetView;
  readonly #key: string;
  readonly #action: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  keeping: Keeping = $state('saved');
  /** Fields listen: until then the form has its own button. */
  live = $state(false);

  constructor(view: SheetView, reader: string, outcome: Outcome | null) {
    this.#view = view;
    const mode = view.judging ? 'verify' : 'save';
    this.#key = `dinh.${mode}.${reader}.${view.unitId}.${view.programme}.${view.period}`;
    this.#action = `?/${mode}`;
    for (const criterion of criteriaOf(view)) {
      this.#answers[criterion.id] = outcome?.typed?.[criterion.id] ?? this.#given(criterion);
      const problem = problemOf(outcome?.refusal, criterion.id);
      if (problem) this.#problems[criterion.id] = problem;
    }
  }

  #given(criterion: CriterionView): Answer {
    return this.#view.judging ? verdictAnswer(criterion) : declaredAnswer(criterion);
  }

  answer(id: string): Answer {
    return this.#answers[id]!;
  }

  problem(id: string): PlainRefusal['fields'][number] | undefined {
    return this.#problems[id];
  }

  /** What the form was filled in from. */
  was(criterion: CriterionView): string {
    return this.#waiting[criterion.id] ?? criterion.was;
  }

  /** Shows what the server knows now, except where somebody is still writing. */
  refresh(view: SheetView): void {
    this.#view = view;
    for (const criterion of criteriaOf(view)) {
      if (this.#waiting[criterion.id] === undefined && !this.#problems[criterion.id]) {
        this.#answers[criterion.id] = this.#given(criterion);
      }
    }
  }

  /** Takes up what an earlier visit left on this phone. Returns how to stop listening. */
  begin(): () => void {
    this.live = true;
    const kept = this.#read();
    for (const criterion of criteriaOf(this.#view)) {
      const found = kept[criterion.id];
      if (!found) continue;
      const { was, ...answer } = found;
      this.#answers[criterion.id] = answer;
      this.#waiting[criterion.id] = was;
    }
    if (Object.keys(this.#waiting).length > 0) this.#soon(0);
    const online = () => this.#soon(0);
    addEventListener('online', online);
    return () => {
      removeEventListener('online', online);
      clearTimeout(this.#timer);
    };
  }

  /** A field changed: `value.<criterion>` and so on. */
  take(name: string, value: string, finished: boolean): void {
    const [field = '', id = ''] = name.split('.', 2);
    const answer = this.#answers[id];
    const criterion = criteriaOf(this.#view).find((each) => each.id === id);
    if (!answer || !criterion || !isField(field)) return;
    answer[field] = value;
    this.#waiting[id] ??= criterion.was;
    this.#store();
    if (this.keeping !== 'phone' && this.keeping !== 'signed-out') this.keeping = 'saving';
    if (finished) this.#soon(PAUSE);
  }

  /** Sends what waits now, and says whether all of it arrived. */
  async settle(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#running;
    await this.#send();
    return Object.keys(this.#waiting).length === 0;
  }

  #soon(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(), delay);
  }

  /** Half a share and a finding without its reason wait for the rest. */
  #ready(id: string): boolean {
    const { verdict, note, value, of } = this.#answers[id]!;
    const share = criteriaOf(this.#view).find((each) => each.id === id)?.type === 'percent';
    const whole = !share || (value.trim() === '') === (of.trim() === '');
    if (!this.#view.judging) return whole;
    if (verdict === 'accepted') return true;
    return verdict !== '' && note.trim().length >= 3 && (verdict === 'returned' || whole);
  }

  async #send(): Promise<void> {
    const sent = Object.fromEntries(
      Object.keys(this.#waiting)
        .filter((id) => this.#ready(id))
        .map((id) => [id, { ...this.#answers[id]! }]),
    );
    if (Object.keys(sent).length === 0) {
      if (this.keeping === 'saving') this.keeping = Object.keys(this.#waiting).length > 0 ? 'phone' : 'saved';
      return;
    }
    const body = new FormData();
    for (const [id, answer] of Object.entries(sent)) {
      for (const field of fields) body.set(`${field}.${id}`, answer[field]);
      body.set(`was.${id}`, this.#waiting[id] ?? '');
    }
    this.keeping = 'saving';
    this.#running = this.#post(body, sent);
    await this.#running;
  }

  async #post(body: FormData, sent: Record<string, Answer>): Promise<void> {
    try {
      const headers = { 'x-sveltekit-action': 'true', accept: 'application/json' };
      const answer = await fetch(this.#action, { method: 'POST', body, headers });
      const result = deserialize(await answer.text());
      if (result.type === 'redirect') this.keeping = 'signed-out';
      else if (result.type === 'error') this.#later();
      else await this.#take(result.data as unknown as Outcome, sent);
    } catch {
      this.#later();
    }
  }

  async #take(outcome: Outcome, sent: Record<string, Answer>): Promise<void> {
    const { refusal } = outcome;
    for (const [id, answer] of Object.entries(sent)) {
      const problem = problemOf(refusal, id);
      if (problem) this.#problems[id] = problem;
      else delete this.#problems[id];
      const now = this.#answers[id]!;
      const changedSince = fields.some((field) => now[field] !== answer[field]);
      if (!changedSince && (!refusal || (outcome.saved && !problem))) delete this.#waiting[id];
      // Somebody else wrote here meanwhile: what they wrote is shown, and the next word is ours.
      if (problem?.code === 'programmes.changed-meanwhile') delete this.#waiting[id];
    }
    this.#store();
    this.keeping = refusal ? 'refused' : 'saved';
    await invalidateAll();
    // The server's fingerprint moved with our own answer; what was typed since builds on it.
    for (const criterion of criteriaOf(this.#view)) {
      if (this.#waiting[criterion.id] !== undefined && !refusal) this.#waiting[criterion.id] = criterion.was;
    }
    if (!refusal && Object.keys(this.#waiting).some((id) => this.#ready(id))) this.#soon(PAUSE);
  }

  #later(): void {
    this.keeping = 'phone';
    this.#soon(RETRY);
  }

  #read(): Kept {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? '{}') as Kept;
    } catch {
      return {};
    }
  }

  #store(): void {
    try {
      const ids = Object.keys(this.#waiting);
      if (ids.length === 0) localStorage.removeItem(this.#key);
      else {
        const kept = ids.map((id) => [id, { ...this.#answers[id]!, was: this.#waiting[id] }]);
        localStorage.setItem(this.#key, JSON.stringify(Object.fromEntries(kept)));
      }
    } catch {
      // A full or closed store: the page still sends what it holds.
    }
  }
}
