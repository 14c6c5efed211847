import { listMembers } from '@dinh/operations/people';
import { adoption, changeAdoption } from '@dinh/operations/programmes';
import { readUnit } from '@dinh/operations/units';
import { packText, titleKey } from '@dinh/packs/schema';
import { fail } from '@sveltejs/kit';
import { act, ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { textOf } from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const { programme } = event.params;
  const { language } = event.locals;
  const { pack, strings, adopted, inCharge, from, decision } = await ask(event, adoption, { unitId, programme });
  const { people } = await ask(event, listMembers, { unitId, limit: 200 });
  const unit = await ask(event, readUnit, { unitId });
  const said = (key: string) => packText(strings, language, key) ?? '';
  const own = (adopted.own ?? []).map(({ id, group, title }) => ({ id, group, title, mayReword: false }));
  const given = pack.criteria
    .filter(({ id }) => !adopted.drop?.includes(id))
    .map((each) => ({
      id: each.id,
      group: each.group ?? pack.groups[0]?.id,
      title: said(titleKey('criteria', each.id)),
      mayReword: each.unitMay.includes('reword'),
    }));
  return {
    unitId,
    unit: unit.name,
    programme,
    title: said('title'),
    from,
    decision,
    people: people.map(({ id, name }) => ({ value: id, label: name ?? '' })),
    groups: pack.groups
      .map(({ id, ...group }) => ({
        id,
        title: said(titleKey('groups', id)),
        criteria: [...given, ...own]
          .filter((each) => each.group === id)
          .map((each) => ({ ...each, wording: adopted.wording?.[each.id] ?? '', inCharge: inCharge[each.id] ?? '' })),
        own: 'own' in group,
      }))
      .filter(({ criteria }) => criteria.length > 0),
    commandId: crypto.randomUUID(),
  };
};

/** Fields are named `wording.<criterion>` and `inCharge.<criterion>`; what is empty is not kept. */
function typedIn(form: FormData, stem: string): Record<string, string> {
  const names = [...new Set(form.keys())].filter((name) => name.startsWith(`${stem}.`));
  return Object.fromEntries(
    names.map((name) => [name.slice(stem.length + 1), textOf(form, name).trim()]).filter(([, text]) => text !== ''),
  );
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const typed = { wording: typedIn(form, 'wording'), inCharge: typedIn(form, 'inCharge') };
    const input = { unitId: unitIdOf(event.params.id), programme: event.params.programme, ...typed };
    const done = await act(event, changeAdoption, input, textOf(form, 'command') || undefined);
    return done.ok ? { saved: true as const } : fail(done.failure.status, { ...done.failure.data, typed });
  },
};
