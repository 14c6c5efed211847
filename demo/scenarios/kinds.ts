import { defineKind } from '@dinh/operations/units';
import type { Stage } from './clock.ts';
import { at } from './clock.ts';

const kinds = [
  ['nation', 'territorial', 0, 'cả nước', 'nation', 'الدولة'],
  ['province', 'territorial', 10, 'tỉnh, thành phố', 'province', 'مقاطعة'],
  ['district', 'territorial', 20, 'huyện (đến 6/2025)', 'district (until June 2025)', 'مقاطعة فرعية (حتى يونيو 2025)'],
  ['commune', 'territorial', 30, 'xã, phường', 'commune', 'بلدية'],
  ['village', 'territorial', 40, 'thôn', 'village', 'قرية'],
  ['residential-group', 'territorial', 40, 'tổ dân phố', 'residential group', 'مجموعة سكنية'],
  ['quarter', 'territorial', 40, 'khu', 'quarter', 'حي سكني'],
  ['family-group', 'territorial', 50, 'tổ liên gia', 'family group', 'مجموعة عائلية'],
  ['central-committee', 'organisational', 0, 'cấp toàn quốc', 'national body', 'الهيئة الوطنية'],
  ['provincial-committee', 'organisational', 10, 'tỉnh ủy', 'provincial committee', 'لجنة المقاطعة'],
  ['commune-committee', 'organisational', 30, 'đảng ủy xã, phường', 'commune committee', 'لجنة البلدية'],
  ['cell', 'organisational', 40, 'chi bộ', 'cell', 'خلية'],
  ['mass-organisation', 'organisational', 40, 'tổ chức quần chúng', 'mass organisation', 'منظمة جماهيرية'],
  ['cooperative', 'organisational', 30, 'hợp tác xã', 'co-operative', 'تعاونية'],
  ['cooperative-branch', 'organisational', 40, 'chi nhánh hợp tác xã', 'co-operative branch', 'فرع التعاونية'],
] as const;

/** Kinds of units of the demo's country; the core knows none of them. */
export async function defineKinds(stage: Stage): Promise<void> {
  for (const [key, line, rank, vi, en, ar] of kinds) {
    await at(stage, '2015-01-01', 'demo', defineKind, { key, line, rank, names: { vi, en, ar } });
  }
}
