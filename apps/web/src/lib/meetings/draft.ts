/** Notes of one point that are not on the server yet, and the version they were begun on. */
export type NotesDraft = { notes: string; opinions: number; version: number };

const isDraft = (found: unknown): found is NotesDraft => {
  const { notes, opinions, version } = (found ?? {}) as Partial<NotesDraft>;
  return typeof notes === 'string' && typeof opinions === 'number' && typeof version === 'number';
};

export function readDraft(key: string): NotesDraft | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isDraft(found) ? found : null;
  } catch {
    return null;
  }
}

export function keepDraft(key: string, draft: NotesDraft | null): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // A full or closed store: the page still holds what was typed.
  }
}
