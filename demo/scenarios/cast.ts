import type { Post } from '@dinh/domain/access';
import { addMember, createDemoLink, createToken } from '@dinh/operations/people';
import type { Stage } from './clock.ts';
import { at } from './clock.ts';

/** Somebody of the demo: named by post and number, never after a real person. */
export type Player = { personId: string; unitId: number };

export async function engage(
  stage: Stage,
  unitId: number,
  name: string,
  post: Post,
  from = '2015-01-05',
): Promise<Player> {
  const { personId } = await at(stage, from, 'demo', addMember, { unitId, name, post, from, another: true });
  return { personId, unitId };
}

/** What those are called who sign the papers of a cell. */
export const names = { secretary: 'Bí thư chi bộ', deputy: 'Phó bí thư chi bộ' } as const;

/** The members of a cell with the posts a cell has: secretary, deputy, a committee member, official, probationary and exempt members. */
export async function engageCell(
  stage: Stage,
  unitId: number,
  members: number,
): Promise<{ secretary: Player; deputy: Player; member: Player; others: Player[] }> {
  const secretary = await engage(stage, unitId, names.secretary, 'secretary');
  const deputy = await engage(stage, unitId, names.deputy, 'deputy-secretary');
  await engage(stage, unitId, 'Chi ủy viên số 1', 'committee-member');
  const others: Player[] = [];
  for (let number = 4; number <= members; number += 1) {
    const post =
      number === members ? 'member-probationary' : number > members - 3 ? 'member-exempt' : 'member-official';
    const player = await engage(stage, unitId, `Đảng viên số ${number}`, post);
    if (post === 'member-official') others.push(player);
  }
  return { secretary, deputy, member: others[0] ?? secretary, others };
}

/** The ways into the demo for one player: a link for people, a token for programs. */
export async function ways(stage: Stage, player: Player, today: string, post: string, unit: string) {
  const { path } = await at(stage, today, 'demo', createDemoLink, player);
  const { token } = await at(stage, today, 'demo', createToken, {
    ...player,
    label: 'demo',
    scopes: ['read', 'write'],
    days: 366,
  });
  return { post, unit, link: path, token };
}
