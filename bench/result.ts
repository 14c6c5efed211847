/** One measured figure. `ratio` is value over floor, both of the same run; `ok` compares what the limit speaks of. */
export type Result = {
  name: string;
  value: number;
  unit: string;
  floor: number | null;
  ratio: number | null;
  limit: string;
  ok: boolean;
};

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const began = process.hrtime.bigint();
  const answer = await work();
  return { ms: Number(process.hrtime.bigint() - began) / 1e6, answer };
}

const round = (n: number | null) => (n === null ? '' : n >= 100 ? n.toFixed(0) : n.toFixed(2));

export function table(results: readonly Result[]): string {
  const rows = results.map((each) => [
    each.ok ? 'ok' : 'NO',
    each.name,
    `${round(each.value)} ${each.unit}`,
    each.floor === null ? '' : `${round(each.floor)} ${each.unit}`,
    each.ratio === null ? '' : `${round(each.ratio)} ×`,
    each.limit,
  ]);
  const all = [['', 'what', 'measured', 'floor', 'ratio', 'limit'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
