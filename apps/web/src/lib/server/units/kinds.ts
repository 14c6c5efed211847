import { foldText } from '@dinh/domain/kernel';
import { lines } from '@dinh/domain/units';
import { defineKind, listKinds, listUnitRoots } from '@dinh/operations/units';
import { languages } from '@dinh/texts/catalog';
import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { saidOf } from '#lib/server/said.ts';
import { textOf } from '#lib/server/sign-in.ts';
import { filled } from '#lib/server/units/load.ts';

type Asking = Pick<RequestEvent, 'locals' | 'url'>;

/** Every kind, the top of its line first; closed to whoever may not define kinds. */
export async function kindsToDefine(event: Asking) {
  const { allowed } = await ask(event, listUnitRoots, {});
  if (!allowed.includes('units.define-kind')) error(403, 'access.denied');
  const { kinds } = await ask(event, listKinds, {});
  const { language } = event.locals;
  return kinds
    .map((kind) => ({ ...kind, name: kind.names[language] ?? kind.key }))
    .sort((a, b) => lines.indexOf(a.line) - lines.indexOf(b.line) || a.rank - b.rank || a.name.localeCompare(b.name));
}

type Names = { vi: string; en: string; ar: string };

/**
 * What a new kind is known by in files and programmes: its English name in plain letters, never one that another kind has. A kind of
 * the same names in every language is the same one: the form came twice.
 */
export function keyOf(names: Names, kinds: readonly { key: string; names: Record<string, string> }[]): string {
  const same = kinds.find((kind) => languages.every((language) => kind.names[language] === names[language]));
  if (same) return same.key;
  const taken = new Set(kinds.map(({ key }) => key));
  const plain = foldText(names.en)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '')
    .slice(0, 50);
  const base = plain || 'kind';
  let key = base;
  for (let nth = 2; taken.has(key); nth += 1) key = `${base}-${nth}`;
  return key;
}

const fields = ['vi', 'en', 'ar', 'rank', 'line'] as const;

/** Saves the kind a form describes under this key, or hands back what was typed with the reason. */
export async function defineFrom(event: Asking, form: FormData, keyFor: (names: Names) => string) {
  const typed = filled(form, fields);
  const { vi = '', en = '', ar = '', rank = '', line = '' } = typed;
  const input = {
    key: keyFor({ vi, en, ar }),
    line: line === 'territorial' ? ('territorial' as const) : ('organisational' as const),
    rank: /^\d{1,4}$/.test(rank) ? Number(rank) : Number.NaN,
    names: { vi, en, ar },
  };
  const done = await act(event, defineKind, input, textOf(form, 'command'));
  if (done.ok) return undefined;
  const { refusal } = done.failure.data;
  // The refusal names the kind by its key; a reader knows it by its name.
  const { language } = event.locals;
  const named = refusal.params.kind === undefined ? refusal.params : { ...refusal.params, kind: input.names[language] };
  const said = { ...refusal, params: named, said: saidOf(language, { code: refusal.code, params: named }) };
  return fail(done.failure.status, { refusal: said, typed });
}
