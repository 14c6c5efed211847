import { FOREVER } from '@dinh/domain/kernel';
import { readHistory, readUnit } from '@dinh/operations/units';
import { ask } from '#lib/server/operations.ts';
import { unitIdOf } from '#lib/server/params.ts';
import { kindNames } from '#lib/server/units/load.ts';
import type { PageServerLoad } from './$types';

type Step = {
  day: string;
  what: 'founded' | 'called' | 'under' | 'linked' | 'unlinked' | 'ended';
  /** The unit spoken of: its new name, its parent, whom it is linked with. */
  name: string;
  href?: string;
  detail: string;
};

export const load: PageServerLoad = async (event) => {
  const unitId = unitIdOf(event.params.id);
  const unit = await ask(event, readUnit, { unitId });
  const { versions, parents, links, notes } = await ask(event, readHistory, { unitId });
  const kinds = await kindNames(event);
  const told = (kind: string, code: string | null) => [kinds[kind] ?? kind, code].filter(Boolean).join(' · ');
  const steps: Step[] = [
    ...versions.map(({ from, name, kind, code }, i) => ({
      day: from,
      what: i === 0 ? ('founded' as const) : ('called' as const),
      name,
      detail: told(kind, code),
    })),
    ...parents.map(({ from, parent }) => ({
      day: from,
      what: 'under' as const,
      name: parent.name,
      href: `/units/${parent.id}?day=${from > '1900' ? from : unit.asOf}`,
      detail: kinds[parent.kind] ?? parent.kind,
    })),
    ...links.flatMap(({ from, to, unit: other }) => [
      { day: from, what: 'linked' as const, name: other.name, href: `/units/${other.id}`, detail: '' },
      ...(to < FOREVER
        ? [{ day: to, what: 'unlinked' as const, name: other.name, href: `/units/${other.id}`, detail: '' }]
        : []),
    ]),
    ...(unit.ends < FOREVER ? [{ day: unit.ends, what: 'ended' as const, name: unit.name, detail: '' }] : []),
  ];
  const days = [...new Set(steps.map((step) => step.day))].sort().reverse();
  return {
    unit: { id: unitId, name: unit.name, ancestors: unit.ancestors },
    before: unit.before,
    after: unit.after,
    days: days.map((day) => ({
      day,
      steps: steps.filter((step) => step.day === day),
      decisions: [...new Set(notes.filter((note) => note.effective === day && note.note).map((note) => note.note))],
    })),
  };
};
