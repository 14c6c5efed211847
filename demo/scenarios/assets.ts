import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import { check, register } from '@dinh/operations/assets';
import type { Player } from './cast.ts';
import { at, type Stage } from './clock.ts';

const kinds = [
  { kind: 'qr-code', name: 'Mã QR nhà văn hóa thôn', place: 'Nhà văn hóa thôn', by: null },
  { kind: 'qr-code', name: 'Mã QR các ngõ', place: 'Đầu mỗi ngõ', by: null },
  { kind: 'wifi', name: 'Wi-Fi nhà văn hóa', place: 'Nhà văn hóa thôn', by: 'Đơn vị viễn thông (minh họa)' },
  { kind: 'camera', name: 'Camera đường trục thôn', place: 'Cổng thôn', by: null },
  { kind: 'irrigation', name: 'Hệ thống tưới vườn mẫu', place: 'Khu vườn mẫu', by: 'Tổ hợp tác (minh họa)' },
] as const;

/**
 * What the smart villages keep working (S0-06): codes, network, cameras and irrigation, each with somebody who answers for it. Checked
 * half a year apart until `last`; then one camera is broken and one village's irrigation has not been looked at.
 */
export async function playAssets(
  stage: Stage,
  villages: readonly { player: Player; since: string }[],
  last: string,
): Promise<void> {
  for (const [index, { player, since }] of villages.entries()) {
    const { unitId, personId } = player;
    for (const { kind, name, place, by } of kinds) {
      const id = randomUUID();
      const owner = by === null ? { person: personId } : { organisation: by };
      const nextCheck = addDays(since, 180);
      await at(stage, since, player, register, { unitId, id, kind, name, place, owner, nextCheck });
      // Nobody has looked at the second village's irrigation since.
      if (index === 1 && kind === 'irrigation') continue;
      const isBroken = index === 0 && kind === 'camera';
      await at(stage, addDays(last, -20), player, check, {
        unitId,
        id,
        state: isBroken ? 'broken' : 'working',
        note: isBroken ? 'Mất hình sau mưa dông, đã báo thợ.' : '',
        nextCheck: addDays(last, 160),
      });
    }
  }
}
