import { randomUUID } from 'node:crypto';
import { dayOf } from '@dinh/domain/kernel';
import { timeOf } from '@dinh/domain/meetings';
import { execute, type Operation, type Services } from '@dinh/operations/kernel';
import { addItems, close, conclude, markOthers, note, open, plan } from '@dinh/operations/meetings';
import { addMember } from '@dinh/operations/people';
import type { z } from 'zod';
import { giveAccount } from './signed-in.ts';
import type { Stage } from './stage.ts';
import { type Person, plantVillage } from './village.ts';

export type Evening = { chair: Person; recorder: Person; meetingId: string; said: readonly string[] };

/** The chair of a cell and a member who records for it, both with accounts. */
export async function plantEvening({ services }: Stage): Promise<Pick<Evening, 'chair' | 'recorder'>> {
  const chair = (await plantVillage(services)).cell;
  const { unitId, unit } = chair;
  const member = { unitId, name: 'Đảng viên số 3', post: 'member-official' as const, from: '2025-08-01' };
  const { personId } = await execute(services, addMember, member, { actor: { kind: 'system', label: 'cli' } });
  const recorder = { personId, unitId, unit };
  for (const person of [chair, recorder]) await giveAccount(services, person);
  return { chair, recorder };
}

/** A meeting of the cell, held and closed an hour ago: what happens before is another test's business. */
export async function holdMeeting(services: Services, { chair, recorder, meetingId, said }: Evening): Promise<void> {
  const now = Date.now();
  const begun = new Date(now - 150 * 60_000);
  const key = { unitId: chair.unitId, meetingId };
  const at = async <Input extends z.ZodType, Output>(
    moment: number,
    who: Person,
    op: Operation<string, Input, Output>,
    input: z.input<Input>,
  ) =>
    execute({ ...services, clock: () => new Date(moment) }, op, input, {
      actor: { kind: 'person', personId: who.personId },
    });
  const on = dayOf(begun);
  const time = { on, at: timeOf(begun), place: 'Nhà văn hóa thôn Đông', minutes: 90 };
  const people = { chair: chair.personId, recorder: recorder.personId };
  await at(now - 3 * 86_400_000, chair, plan, { ...key, kind: 'regular', ...time, ...people });
  const items = ['Đường hoa', 'Camera an ninh'].map((title) => ({
    id: randomUUID(),
    title,
    kind: 'discuss' as const,
    owner: chair.personId,
    minutes: 30,
  }));
  await at(now - 2 * 86_400_000, chair, addItems, { ...key, items });
  await at(begun.getTime(), chair, open, key);
  await at(begun.getTime(), chair, markOthers, { ...key, state: 'present' });
  const noted = { itemId: items[0]!.id, notes: 'Mỗi hộ góp hai ngày công; không vận động hộ nghèo.', opinions: 7 };
  await at(begun.getTime() + 60_000, recorder, note, { ...key, ...noted, expected: 1 });
  for (const text of said) {
    await at(begun.getTime() + 120_000, chair, conclude, { ...key, id: randomUUID(), itemId: items[0]!.id, text });
  }
  await at(now - 55 * 60_000, chair, close, key);
}
